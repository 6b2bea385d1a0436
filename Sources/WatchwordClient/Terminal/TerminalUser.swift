import Glibc

/// Whose programs a terminal runs: the user of this process, as the machine knows it.
struct TerminalUser: Hashable, Sendable {
    var name: String
    var home: String
    var shell: String

    /// A user that the machine does not list is its number, at home in `/`, with `/bin/sh`.
    static func current() -> TerminalUser {
        let number = geteuid()
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16 * 1_024)
        let failure = getpwuid_r(number, &entry, &buffer, buffer.count, &found)
        // The entry's texts are in the buffer.
        return withExtendedLifetime(buffer) {
            func text(_ field: UnsafeMutablePointer<CChar>?, or usual: String) -> String {
                let text = field.map { String(cString: $0) } ?? ""
                return text.isEmpty ? usual : text
            }
            guard failure == 0, found != nil else {
                return TerminalUser(name: String(number), home: "/", shell: "/bin/sh")
            }
            return TerminalUser(
                name: text(entry.pw_name, or: String(number)), home: text(entry.pw_dir, or: "/"),
                shell: text(entry.pw_shell, or: "/bin/sh"))
        }
    }
}
