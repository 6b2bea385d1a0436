import Glibc
import Testing
import WatchwordTestKit

@testable import WatchwordClient

@Suite("The state file")
struct StateFileTests {
    private func mode(_ path: String) -> mode_t? {
        var status = stat()
        return stat(path, &status) == 0 ? status.st_mode & 0o777 : nil
    }

    private let server = try? ServerAddress("auth.example.com", insecure: false)

    @Test("what was written is read again, each server and dialect by itself, and is nobody else's to read")
    func roundTrip() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("a/b/state.json")
        let file = try StateFile(path)
        #expect(try file.read() == AgentState())
        let here = try #require(server)
        let there = try ServerAddress("auth.example.com:8443", insecure: false)
        var state = AgentState()
        state[here, "vsay"] = "7"
        state[there, "vsay"] = "8"
        try file.write(state)
        #expect(mode(path) == 0o600)
        #expect(mode(directory.file("a")) == 0o700)
        let read = try file.read()
        #expect(read == state)
        #expect(read[here, "vsay"] == "7")
        #expect(read[there, "vsay"] == "8")
        #expect(read[here, "other"] == nil)
    }

    @Test("a draft that was left open to others is closed to them")
    func leftDraft() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.json")
        #expect(try FileBytesProbe.write("old", path + ".new"))
        chmod(path + ".new", 0o644)
        try StateFile(path).write(AgentState())
        #expect(mode(path) == 0o600)
        #expect(mode(path + ".new") == nil)
    }

    @Test("two programs cannot have one file; the next can once the first is gone")
    func lock() throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.json")
        var first: StateFile? = try StateFile(path)
        let failure = try #require(throws: AgentFailure.self) { try StateFile(path) }
        #expect(failure.exit == .state)
        #expect(first != nil)
        first = nil
        #expect(throws: Never.self) { try StateFile(path) }
    }

    @Test(
        "what is no state is not written over",
        arguments: ["", "{}", "[]", #"{"agents":{"x":1}}"#, #"{"agents":{"x":""}}"#, #"{"agents":[]}"#])
    func damaged(_ text: String) throws {
        let directory = try TemporaryDirectory()
        let path = directory.file("state.json")
        #expect(try FileBytesProbe.write(text, path))
        let failure = try #require(throws: AgentFailure.self) { try StateFile(path).read() }
        #expect(failure.exit == .state)
    }

    @Test("a place that cannot be written is told with its reason")
    func unwritable() throws {
        let directory = try TemporaryDirectory()
        #expect(try FileBytesProbe.write("a file", directory.file("file")))
        let failure = try #require(throws: AgentFailure.self) { try StateFile(directory.file("file/state.json")) }
        #expect(failure.exit == .state)
        #expect(failure.text.contains("--state"))
    }

    @Test("it is the service's, root's or the user's own folder")
    func places() throws {
        func place(_ environment: [String: String], root: Bool = false) throws -> String {
            try StatePlace.usual(environment: environment, isRoot: root)
        }
        let all = ["STATE_DIRECTORY": "/var/lib/private/a:/b", "XDG_STATE_HOME": "/x", "HOME": "/h"]
        #expect(try place(all, root: true) == "/var/lib/private/a/state.json")
        #expect(try place(["HOME": "/h"], root: true) == "/var/lib/vsay-agent/state.json")
        #expect(try place(["XDG_STATE_HOME": "/x", "HOME": "/h"]) == "/x/vsay-agent/state.json")
        #expect(try place(["XDG_STATE_HOME": "relative", "HOME": "/h"]) == "/h/.local/state/vsay-agent/state.json")
        #expect(throws: AgentFailure.self) { try place([:]) }
    }
}

/// Writes a file as somebody else would.
enum FileBytesProbe {
    static func write(_ text: String, _ path: String) throws -> Bool {
        let file = open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o644)
        guard file >= 0 else { return false }
        defer { close(file) }
        return FileBytes.write(Array(text.utf8), to: file)
    }
}
