import CPTY
import Glibc
import Synchronization
import WatchwordRelay

/// Where the person sits: what is typed, what is shown, and the settings of the terminal between.
///
/// Input and output may be anything; only what is a terminal is set and asked for its size.
final class LocalTerminal: Sendable {
    /// Nobody takes the output any more.
    struct OutputClosed: Error {}

    private let input: Int32
    private let output: Int32
    private let readiness: Readiness
    /// The settings to go back to.
    private let before = Mutex<termios?>(nil)

    init(input: Int32 = STDIN_FILENO, output: Int32 = STDOUT_FILENO) throws(TerminalRefused) {
        self.input = input
        self.output = output
        readiness = try Readiness()
    }

    var isTerminal: Bool { isatty(input) == 1 }

    /// That of the terminal; the usual one where there is none.
    var size: TerminalSize {
        var columns: UInt16 = 0
        var rows: UInt16 = 0
        for descriptor in [output, input] where cpty_size(descriptor, &columns, &rows) == 0 && columns > 0 && rows > 0 {
            return TerminalSize(columns: columns, rows: rows)
        }
        return .usual
    }

    /// Every key is a byte of the input from now on, and shows nothing by itself. Nothing where there is no terminal.
    func enterRaw() {
        // What was typed ahead stays.
        change(TCSADRAIN) { settings in cfmakeraw(&settings) }
    }

    /// The settings are as they were. May be called again.
    func restore() {
        before.withLock { before in
            guard var settings = before else { return }
            before = nil
            _ = tcsetattr(input, TCSADRAIN, &settings)
        }
    }

    /// The next bytes of the input; nothing at its end. Throws `CancellationError`.
    func read() async throws -> [UInt8]? {
        var bytes = [UInt8](repeating: 0, count: 4_096)
        while true {
            await readiness.wait(for: [Readiness.Interest(descriptor: input, events: POLLIN)])
            try Task.checkCancellation()
            let count = Glibc.read(input, &bytes, bytes.count)
            if count < 0, errno == EINTR || errno == EAGAIN { continue }
            return count > 0 ? Array(bytes[..<count]) : nil
        }
    }

    /// Waits until all is taken. Throws `OutputClosed` or `CancellationError`.
    func write(_ bytes: [UInt8]) async throws {
        var rest = bytes[...]
        while !rest.isEmpty {
            await readiness.wait(for: [Readiness.Interest(descriptor: output, events: POLLOUT)])
            try Task.checkCancellation()
            // A pipe that is ready takes so many without waiting (PIPE_BUF).
            let count = rest.prefix(4_096).withUnsafeBytes { Glibc.write(output, $0.baseAddress, $0.count) }
            if count < 0 {
                if errno == EINTR || errno == EAGAIN { continue }
                throw OutputClosed()
            }
            rest = rest.dropFirst(count)
        }
    }

    /// One line that is typed without being shown; nothing at the end of the input. Throws `OutputClosed` or
    /// `CancellationError`.
    func hiddenLine(asking question: String = "") async throws -> [UInt8]? {
        change(TCSAFLUSH) { settings in
            // A key that erases takes a whole character with it.
            settings.c_iflag |= tcflag_t(IUTF8)
            settings.c_lflag &= ~tcflag_t(ECHO)
            settings.c_lflag |= tcflag_t(ECHONL)
        }
        defer { restore() }
        // Only now: who is quick must not be seen typing.
        try await write(Array(question.utf8))
        var line: [UInt8] = []
        while let bytes = try await read() {
            line += bytes
            if let end = line.firstIndex(of: 10) { return Array(line[..<end]) }
        }
        return line.isEmpty ? nil : line
    }

    private func change(_ when: Int32, _ how: (inout termios) -> Void) {
        before.withLock { before in
            var settings = termios()
            guard before == nil, tcgetattr(input, &settings) == 0 else { return }
            before = settings
            how(&settings)
            _ = tcsetattr(input, when, &settings)
        }
    }
}
