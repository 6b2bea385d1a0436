import Glibc
import Testing
import WatchwordRelay

@testable import WatchwordClient

extension Terminals {
    @Suite("A pseudo-terminal")
    struct PseudoTerminalTests {
        @Test(
            "shows what a program writes, and how it ends", arguments: [(0, "exit 0"), (3, "exit 3"), (-15, "kill $$")])
        func ends(status: Int32, command: String) async throws {
            let (text, ended) = try await TerminalBench.run(TerminalBench.shell("echo hello; \(command)"))
            #expect(text == "hello\r\n")
            #expect(ended == status)
        }

        @Test("is a terminal of the size asked for, on all three descriptors and as the controlling one")
        func terminal() async throws {
            let (text, _) = try await TerminalBench.run(
                TerminalBench.shell("test -t 0 && test -t 1 && test -t 2 && stty size < /dev/tty && ls /proc/$$/fd"),
                size: TerminalSize(columns: 123, rows: 45))
            // 10 or 255 is a shell's own copy.
            let lines = text.split(separator: "\r\n")
            #expect(lines.first == "45 123")
            #expect(
                Set(lines.dropFirst().flatMap { $0.split(whereSeparator: \.isWhitespace) }).isSubset(of: [
                    "0", "1", "2", "10", "255",
                ]))
        }

        @Test("tells the program of a new size")
        func resizes() async throws {
            let program = TerminalBench.shell("trap 'stty size; exit 7' WINCH; echo ready; while :; do read line; done")
            let terminal = try PseudoTerminals(program).start(.usual, who: "a test")
            try await TerminalBench.waits(for: "ready", from: terminal)
            terminal.resize(TerminalSize(columns: 111, rows: 33))
            try await TerminalBench.waits(for: "33 111", from: terminal)
            #expect(await terminal.status() == 7)
            terminal.hangUp()
        }

        @Test("interrupts the foreground program at Ctrl-C, and the shell goes on")
        func interrupts() async throws {
            var program = TerminalBench.shell("")
            program.arguments = ["sh", "-i"]
            program.environment["PS1"] = "> "
            let terminal = try PseudoTerminals(program).start(.usual, who: "a test")
            try await terminal.write(Array("sh -c 'echo be''gun; exec sleep 100000'\n".utf8))
            try await TerminalBench.waits(for: "begun", from: terminal)
            try await terminal.write([3])
            try await terminal.write(Array("echo status=$?\n".utf8))
            try await TerminalBench.waits(for: "status=130", from: terminal)
            try await terminal.write(Array("exit 5\n".utf8))
            _ = try await TerminalBench.rest(of: terminal)
            #expect(await terminal.status() == 5)
            terminal.hangUp()
        }

        @Test("brings ten megabytes whole to a slow reader, while the program waits")
        func output() async throws {
            let script = "import os\nfor i in range(160): os.write(1, bytes((i + n) % 251 for n in range(65536)))"
            var expected: [UInt8] = []
            for block in 0..<160 { expected += (0..<65_536).map { UInt8((block + $0) % 251) } }
            let program = TerminalBench.shell("stty raw; exec python3 -c '\(script)'")
            let terminal = try PseudoTerminals(program).start(.usual, who: "a test")
            var got: [UInt8] = []
            while let bytes = try await terminal.read() {
                #expect((1...RelayFrame.largestData).contains(bytes.count))
                got += bytes
                for _ in 0..<20 { await Task.yield() }
            }
            #expect(got == expected)
            let status = await terminal.status()
            #expect(status == 0)
            terminal.hangUp()
        }

        @Test("takes a megabyte of input whole, waiting while the program does not read")
        func input() async throws {
            let program = TerminalBench.shell("stty raw -echo; echo ready; exec head -c 1000000")
            let terminal = try PseudoTerminals(program).start(.usual, who: "a test")
            try await TerminalBench.waits(for: "ready\n", from: terminal)
            let bytes = (0..<1_000_000).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ $0 >> 8) }
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The program writes back what it reads, so somebody must read while it is written.
                group.addTask { try await terminal.write(bytes) }
                #expect(try await TerminalBench.rest(of: terminal) == bytes)
                try await group.waitForAll()
            }
            terminal.hangUp()
            let status = await terminal.status()
            #expect(status == 0)
        }

        @Test(
            "has its own status when it closes the terminal and then ends, and is hung up when it does not end",
            arguments: [("sleep 0.1; exit 3", Int32(3)), ("sleep 60", -1)])
        func farewell(last: String, status: Int32) async throws {
            let end = try await TerminalBench.run(TerminalBench.shell("exec <&- >&- 2>&-; \(last)"))
            #expect(end.status == status)
        }

        @Test("is one of several that do not disturb each other")
        func several() async throws {
            let host = try PseudoTerminals(TerminalBench.shell("read line; echo \"got $line\"; exit ${#line}"))
            let terminals = try (0..<8).map { _ in try host.start(.usual, who: "a test") }
            for (number, terminal) in terminals.enumerated().reversed() {
                try await terminal.write(Array((String(repeating: "x", count: number + 1) + "\n").utf8))
            }
            for (number, terminal) in terminals.enumerated() {
                let text = String(decoding: try await TerminalBench.rest(of: terminal), as: UTF8.self)
                #expect(text.hasSuffix("got \(String(repeating: "x", count: number + 1))\r\n"))
                terminal.hangUp()
                #expect(await terminal.status() == Int32(number + 1))
            }
        }

        @Test("is refused where the program cannot be started, with the reason, and nothing stays behind")
        func refused() async throws {
            var program = TerminalBench.shell("")
            program.path = "/no/such/shell"
            let host = try PseudoTerminals(program)
            let (descriptors, children) = (try TerminalBench.descriptors(), try TerminalBench.children())
            #expect(throws: TerminalRefused(reason: "cannot start /no/such/shell: No such file or directory")) {
                _ = try host.start(.usual, who: "a test")
            }
            #expect(try TerminalBench.descriptors() == descriptors)
            #expect(try await TerminalBench.unborn(since: children).isEmpty)
        }

        @Test("starts in the root where the home is missing")
        func directory() async throws {
            var program = TerminalBench.shell("pwd")
            program.directory = "/no/such/home"
            #expect(try await TerminalBench.run(program).text == "/\r\n")
        }
    }
}
