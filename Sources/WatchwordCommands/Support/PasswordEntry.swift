import Glibc
import WatchwordCore
import WatchwordServer

/// A password as an operator gives it: typed twice without echo, or the first line of standard input.
/// Never an argument, which every user of the machine could read.
enum PasswordEntry {
    static func read() throws -> Secret {
        guard isatty(STDIN_FILENO) == 1 else { return Secret(try line()) }
        let first = try withoutEcho { try prompt("Password: ") }
        let second = try withoutEcho { try prompt("Again: ") }
        guard Secret(first) == Secret(second) else {
            throw StartFailure(.data, "the two passwords differ", mend: "try again")
        }
        return Secret(first)
    }

    private static func prompt(_ text: String) throws -> [UInt8] {
        Output.write(text, to: STDERR_FILENO)
        let bytes = try line()
        Output.write("\n", to: STDERR_FILENO)
        return bytes
    }

    private static func withoutEcho<Result>(_ body: () throws -> Result) throws -> Result {
        var settings = termios()
        guard tcgetattr(STDIN_FILENO, &settings) == 0 else { return try body() }
        let before = settings
        settings.c_lflag &= ~tcflag_t(ECHO)
        _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        defer {
            var restored = before
            _ = tcsetattr(STDIN_FILENO, TCSAFLUSH, &restored)
        }
        return try body()
    }

    /// The bytes up to the first line end, exactly as they are.
    private static func line() throws -> [UInt8] {
        let bytes = StandardInput.read(limit: 4_096, upToLineEnd: true)
        guard !bytes.isEmpty else {
            throw StartFailure(
                .usage, "no password was given", mend: "type one, or give it as the first line of standard input")
        }
        return bytes
    }
}

/// Standard input as bytes.
enum StandardInput {
    /// At most `limit` bytes; a line end ends it if `upToLineEnd`, and is not part of it.
    static func read(limit: Int, upToLineEnd: Bool) -> [UInt8] {
        var bytes: [UInt8] = []
        var byte: UInt8 = 0
        while bytes.count < limit {
            let count = Glibc.read(STDIN_FILENO, &byte, 1)
            if count < 0, errno == EINTR { continue }
            if count <= 0 || upToLineEnd && byte == 0x0A { break }
            bytes.append(byte)
        }
        return bytes
    }
}
