import Glibc
import Testing
import WatchwordRelay

@testable import WatchwordClient

extension Terminals {
    @Suite("The terminal where a person sits")
    struct LocalTerminalTests {
        /// A pseudo-terminal: the side that stands for the person, and the program's.
        private final class Pair {
            let person: Int32
            let program: Int32

            init() throws {
                person = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC)
                var lock: Int32 = 0
                var number: UInt32 = 0
                // TIOCSPTLCK and TIOCGPTN, which Swift does not see.
                try #require(ioctl(person, 0x4004_5431, &lock) == 0 && ioctl(person, 0x8004_5430, &number) == 0)
                program = open("/dev/pts/\(number)", O_RDWR | O_NOCTTY | O_CLOEXEC)
                try #require(program >= 0)
            }

            deinit {
                close(person)
                close(program)
            }

            func type(_ text: String) { _ = Glibc.write(person, text, text.utf8.count) }

            /// What the person sees, at least so many bytes of it.
            func seen(_ count: Int) -> String {
                var bytes: [UInt8] = []
                while bytes.count < count {
                    var piece = [UInt8](repeating: 0, count: 4_096)
                    let count = Glibc.read(person, &piece, piece.count)
                    guard count > 0 else { break }
                    bytes += piece[..<count]
                }
                return String(decoding: bytes, as: UTF8.self)
            }

            var settings: [tcflag_t] {
                var settings = termios()
                tcgetattr(program, &settings)
                return [settings.c_iflag, settings.c_oflag, settings.c_cflag, settings.c_lflag]
            }
        }

        @Test("is raw while it is the other's, and then as it was")
        func raw() async throws {
            let pair = try Pair()
            let before = pair.settings
            let local = try LocalTerminal(input: pair.program, output: pair.program)
            #expect(local.isTerminal)
            local.enterRaw()
            #expect(pair.settings[3] & tcflag_t(ECHO | ICANON | ISIG | IEXTEN) == 0)
            #expect(pair.settings[1] & tcflag_t(OPOST) == 0)
            pair.type("\u{3}a")
            var typed: [UInt8] = []
            while typed.count < 2 { typed += try #require(try await local.read()) }
            #expect(typed == [3, 97])
            try await local.write(Array("x\n".utf8))
            // No echo of what was typed, and no carriage return before the line feed.
            #expect(pair.seen(2) == "x\n")
            local.enterRaw()
            local.restore()
            #expect(pair.settings == before)
            local.restore()
            #expect(pair.settings == before)
        }

        @Test("shows nothing of a line that is hidden")
        func hidden() async throws {
            let pair = try Pair()
            let before = pair.settings
            let local = try LocalTerminal(input: pair.program, output: pair.program)
            try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                // Somebody types while it is waited for.
                group.addTask { try await local.hiddenLine(asking: "Password: ") }
                // Once the question can be seen nothing that is typed is.
                #expect(pair.seen(10) == "Password: ")
                pair.type("violet ü\u{7F}x\n")
                let line = try await group.next()
                #expect(line == Array("violet x".utf8))
            }
            #expect(pair.seen(2) == "\r\n")
            #expect(pair.settings == before)
        }

        @Test("is as it was after a hidden line that was cancelled")
        func cancelled() async throws {
            let pair = try Pair()
            let before = pair.settings
            let local = try LocalTerminal(input: pair.program, output: pair.program)
            await withThrowingTaskGroup(of: [UInt8]?.self) { group in
                // The only way to cancel one task.
                group.addTask { try await local.hiddenLine() }
                while pair.settings == before { await Task.yield() }
                group.cancelAll()
                let result = await group.nextResult()
                #expect(throws: CancellationError.self) { _ = try result?.get() }
            }
            #expect(pair.settings == before)
        }

        @Test("has the size of its window, and the usual one where there is none")
        func size() throws {
            let pair = try Pair()
            var size = winsize(ws_row: 31, ws_col: 97, ws_xpixel: 0, ws_ypixel: 0)
            #expect(ioctl(pair.person, UInt(TIOCSWINSZ), &size) == 0)
            #expect(try LocalTerminal(input: pair.program, output: pair.program).size.columns == 97)
            #expect(try LocalTerminal(input: pair.program, output: pair.program).size.rows == 31)
            let null = open("/dev/null", O_RDWR | O_CLOEXEC)
            defer { close(null) }
            let local = try LocalTerminal(input: null, output: null)
            #expect(local.size == .usual)
            #expect(!local.isTerminal)
        }

        @Test("may be a pipe, whose end is the input's and whose reader may go away")
        func pipes() async throws {
            var input: [Int32] = [0, 0]
            var output: [Int32] = [0, 0]
            try #require(pipe(&input) == 0 && pipe(&output) == 0)
            defer { for descriptor in [input[0], output[1]] { close(descriptor) } }
            let local = try LocalTerminal(input: input[0], output: output[1])
            local.enterRaw()
            _ = Glibc.write(input[1], "abc", 3)
            #expect(try await local.read() == Array("abc".utf8))
            close(input[1])
            #expect(try await local.read() == nil)
            signal(SIGPIPE, SIG_IGN)
            close(output[0])
            await #expect(throws: LocalTerminal.OutputClosed.self) { try await local.write([1]) }
        }

        @Test("waits while a full pipe is not read, and brings all of it")
        func slow() async throws {
            var output: [Int32] = [0, 0]
            try #require(pipe(&output) == 0)
            let local = try LocalTerminal(input: output[0], output: output[1])
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 13) }
            let reader = try LocalTerminal(input: output[0], output: output[1])
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Read while it is written.
                group.addTask { try await local.write(bytes) }
                var got: [UInt8] = []
                while got.count < bytes.count { got += try #require(try await reader.read()) }
                #expect(got == bytes)
                try await group.waitForAll()
            }
            close(output[0])
            close(output[1])
        }
    }
}
