import Glibc
import Testing
import WatchwordRelay

@testable import WatchwordClient

extension Terminals {
    @Suite("The end of a pseudo-terminal")
    struct TerminalHangUpTests {
        private func start(_ commands: String, grace: Duration = PseudoTerminal.grace) throws -> PseudoTerminal {
            try PseudoTerminal(TerminalBench.shell(commands), .usual, Readiness(), grace: grace)
        }

        /// Starts it and waits for the process id that it writes.
        private func begun(_ commands: String, grace: Duration = PseudoTerminal.grace) async throws -> (
            PseudoTerminal, pid_t
        ) {
            let terminal = try start(commands, grace: grace)
            var text = ""
            while !text.utf8.contains(10) {
                text += String(decoding: try #require(try await terminal.read()), as: UTF8.self)
            }
            return (terminal, try #require(pid_t(text.prefix { $0.isNumber })))
        }

        @Test("hangs up a program, which is reaped")
        func hangsUp() async throws {
            let (terminal, process) = try await begun("echo $$; exec sleep 100000")
            terminal.hangUp()
            #expect(await terminal.status() == -SIGHUP)
            #expect(TerminalBench.isGone(process))
            #expect(try await terminal.read() == nil)
            try await terminal.write([1])
            terminal.resize(.usual)
            terminal.hangUp()
            #expect(await terminal.status() == -SIGHUP)
        }

        @Test("kills a program that ignores it")
        func kills() async throws {
            let (terminal, process) = try await begun(
                "trap '' HUP TERM INT; echo $$; while :; do sleep 1000; done", grace: .milliseconds(50))
            terminal.hangUp()
            #expect(await terminal.status() == -SIGKILL)
            #expect(TerminalBench.isGone(process))
        }

        @Test("hangs up a program that is stopped")
        func stopped() async throws {
            let (terminal, process) = try await begun("echo $$; kill -STOP $$; sleep 100000")
            terminal.hangUp()
            #expect(await terminal.status() == -SIGHUP)
            #expect(TerminalBench.isGone(process))
        }

        @Test("is told to who reads, writes and waits at the time", arguments: 0..<20)
        func wakes(round: Int) async throws {
            let (terminal, _) = try await begun("stty raw; echo $$; exec sleep 100000")
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Three tasks at once are what a link has: each must be woken.
                group.addTask { while try await terminal.read() != nil {} }
                group.addTask { try await terminal.write([UInt8](repeating: 120, count: 1_000_000)) }
                group.addTask { #expect(await terminal.status() == -SIGHUP) }
                for _ in 0..<round { await Task.yield() }
                terminal.hangUp()
                try await group.waitForAll()
            }
        }

        @Test("does not wait for a child of the program that keeps the terminal")
        func grandchild() async throws {
            let terminal = try start("(trap '' HUP; exec sleep 100000) & echo $! && exit 4")
            let text = String(decoding: try await TerminalBench.rest(of: terminal), as: UTF8.self)
            #expect(await terminal.status() == 4)
            terminal.hangUp()
            if let child = pid_t(text.prefix { $0.isNumber }) { kill(child, SIGKILL) }
        }

        @Test("leaves cancelled tasks at once, and the program running")
        func cancelled() async throws {
            let (terminal, process) = try await begun("stty raw -echo; echo $$; exec sleep 100000")
            for _ in 0..<20 {
                await withThrowingTaskGroup(of: Void.self) { group in
                    // Both wait for the program, and only cancelling ends that.
                    group.addTask { _ = try await terminal.read() }
                    group.addTask { try await terminal.write([UInt8](repeating: 120, count: 1_000_000)) }
                    await Task.yield()
                    group.cancelAll()
                    while let result = await group.nextResult() {
                        #expect(throws: CancellationError.self) { try result.get() }
                    }
                }
            }
            #expect(kill(process, 0) == 0)
            // A link that was cancelled still waits for the end.
            await withTaskGroup(of: Void.self) { group in
                // The one task there is, so that it can be cancelled.
                group.addTask {
                    terminal.hangUp()
                    #expect(await terminal.status() == -SIGHUP)
                }
                group.cancelAll()
            }
            #expect(TerminalBench.isGone(process))
        }

        @Test("closes what it opened, and leaves no zombie, after fifty of them")
        func leaks() async throws {
            let before = try TerminalBench.descriptors()
            for number in 0..<50 {
                let (terminal, process) = try await begun(
                    "echo $$; \(number % 2 == 0 ? "exec sleep 100000" : "exit 9")")
                terminal.hangUp()
                _ = await terminal.status()
                #expect(TerminalBench.isGone(process))
            }
            let (forgotten, process) = try await begun("echo $$; exec sleep 100000")
            _ = consume forgotten
            #expect(TerminalBench.isGone(process))
            #expect(try TerminalBench.descriptors() == before)
        }
    }
}
