import Glibc

/// What this machine says of itself.
enum Machine {
    /// Its host name; `unnamed` where it has none.
    static var name: String {
        var bytes = [UInt8](repeating: 0, count: 256)
        guard gethostname(&bytes, bytes.count - 1) == 0 else { return "unnamed" }
        let name = String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
        return name.isEmpty ? "unnamed" : name
    }

    /// Such as `linux x86_64`.
    static var platform: String {
        var names = utsname()
        guard uname(&names) == 0 else { return "unknown" }
        let system = withUnsafeBytes(of: names.sysname) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        let machine = withUnsafeBytes(of: names.machine) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
        return "\(system.lowercased()) \(machine)"
    }

    /// Those of the environment's variables that are set.
    static func environment(_ names: [String]) -> [String: String] {
        var found: [String: String] = [:]
        for name in names { if let value = getenv(name) { found[name] = String(cString: value) } }
        return found
    }
}
