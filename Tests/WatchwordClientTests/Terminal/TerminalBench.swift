import FoundationEssentials
import Glibc
import Testing
import WatchwordRelay

@testable import WatchwordClient

/// One after another, since they count what the process has open.
@Suite("Terminals of this machine", .serialized, .timeLimit(.minutes(15)))
enum Terminals {}

/// What the tests do with terminals of this machine.
enum TerminalBench {
    /// A shell without a profile, whose prompt is empty so that only what programs write is read.
    static func shell(_ commands: String, environment: [String: String] = [:]) -> TerminalProgram {
        TerminalProgram(
            path: "/bin/sh", arguments: ["sh", "-c", commands],
            environment: ["PATH": "/usr/bin:/bin", "TERM": "xterm-256color"].merging(environment) { $1 },
            directory: "/")
    }

    /// Runs commands to their end; gives what they wrote and how they ended.
    static func run(
        _ program: TerminalProgram, size: TerminalSize = .usual, typing: String = ""
    ) async throws -> (text: String, status: Int32) {
        let terminal = try PseudoTerminals(program).start(size, who: "a test")
        try await terminal.write(Array(typing.utf8))
        let bytes = try await rest(of: terminal)
        terminal.hangUp()
        return (String(decoding: bytes, as: UTF8.self), await terminal.status())
    }

    static func rest(of terminal: any HostedTerminal) async throws -> [UInt8] {
        var bytes: [UInt8] = []
        while let more = try await terminal.read() { bytes += more }
        return bytes
    }

    /// Reads until the text has been written.
    static func waits(for text: String, from terminal: any HostedTerminal) async throws {
        var bytes: [UInt8] = []
        while !String(decoding: bytes, as: UTF8.self).contains(text) {
            bytes += try #require(try await terminal.read(), "it ended after \(String(decoding: bytes, as: UTF8.self))")
        }
    }

    /// The open descriptors of this process that are of the kinds terminals need.
    static func descriptors() throws -> [String] {
        try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").compactMap { name in
            let path = try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/fd/\(name)")
            return path.map { "\(name) \($0)" }
        }
        .filter { $0.hasSuffix("ptmx") || $0.contains("/pts/") || $0.contains("pidfd") }
    }

    /// The processes that this one has started and not reaped.
    static func children() throws -> Set<Substring> {
        let tasks = try FileManager.default.contentsOfDirectory(atPath: "/proc/self/task")
        let lists = tasks.compactMap { FileManager.default.contents(atPath: "/proc/self/task/\($0)/children") }
        return Set(lists.flatMap { String(decoding: $0, as: UTF8.self).split(separator: " ") })
    }

    /// The processes beyond those that were started and never became another program. Other suites start programs of
    /// their own meanwhile, which are none for a moment: they are waited for.
    static func unborn(since before: Set<Substring>) async throws -> Set<Substring> {
        let own = FileManager.default.contents(atPath: "/proc/self/comm")
        var left: Set<Substring> = []
        for _ in 0..<1_000 {
            left = try children().subtracting(before)
                .filter { FileManager.default.contents(atPath: "/proc/\($0)/comm") == own }
            guard !left.isEmpty else { break }
            try await Task.sleep(for: .milliseconds(5))
        }
        return left
    }

    /// Whether the process is no more, not even as a zombie.
    static func isGone(_ process: pid_t) -> Bool { kill(process, 0) != 0 && errno == ESRCH }
}
