import Glibc
import WatchwordCore

/// Where the API key comes from: a flag, a file, or the environment.
struct KeySource {
    static let variable = "VSAY_TOKEN"
    /// Longer than any key.
    private static let longest = 8_192

    var token: String?
    var file: String?
    var environment: [String: String]

    /// The key, which from then on neither the list of processes nor what this program starts can see.
    ///
    /// Throws `AgentFailure` where there is none, or two.
    func read(_ log: AgentLog) throws -> Secret {
        // A terminal's shell must not inherit it, wherever this key came from, nor read it in /proc/PID/environ.
        if let value = getenv(Self.variable) { memset(value, Int32(UInt8(ascii: "x")), strlen(value)) }
        unsetenv(Self.variable)
        if let token {
            guard file == nil else {
                throw AgentFailure(.configuration, "--token and --token-file both hold a key: give one of them")
            }
            if !ProcessArguments.hide(token) {
                log(
                    "the key can be seen in the list of processes: use --token-file or \(Self.variable) instead of --token"
                )
            }
            return try Self.key(token, from: "--token")
        }
        if let file { return try Self.key(try Self.firstLine(file), from: "--token-file \(file)") }
        if let token = environment[Self.variable] { return try Self.key(token, from: Self.variable) }
        throw AgentFailure(
            .configuration,
            "there is no API key: give it by --token-file FILE, the variable \(Self.variable), or --token")
    }

    private static func key(_ text: String, from place: String) throws -> Secret {
        let key = Identifier.trimmed(text)
        guard !key.isEmpty, key.utf8.count <= longest, key.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw AgentFailure(.configuration, "\(place) holds no API key: copy it whole, as one line")
        }
        return Secret(key)
    }

    private static func firstLine(_ path: String) throws -> String {
        guard let bytes = FileBytes.read(path, atMost: longest) else {
            throw AgentFailure(
                .configuration, "--token-file \(path) cannot be read: \(String(cString: strerror(errno)))")
        }
        return String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self)
    }
}
