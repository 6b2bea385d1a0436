import Glibc
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordClient

@Suite("Where the key comes from", .serialized)
struct AgentKeySourceTests {
    private func key(_ token: String? = nil, _ file: String? = nil, _ variable: String? = nil) throws -> String {
        let environment = variable.map { [KeySource.variable: $0] } ?? [:]
        return try KeySource(token: token, file: file, environment: environment).read(Lines().log).revealed
    }

    @Test("the flag goes before the file's place, the file before the variable")
    func order() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("key")
        #expect(try FileBytesProbe.write("  from-file \nsecond line\n", file))
        #expect(try key("from-flag", nil, "from-variable") == "from-flag")
        #expect(try key(nil, file, "from-variable") == "from-file")
        #expect(try key(nil, nil, "from-variable\n") == "from-variable")
    }

    @Test("none, two, and what is no key are refused without repeating it")
    func refused() throws {
        let directory = try TemporaryDirectory()
        let file = directory.file("key")
        #expect(try FileBytesProbe.write("two words", file))
        for (token, path) in [
            (nil, nil), ("a", file), (nil, file), ("", nil), ("two words", nil), ("k\u{7F}", nil),
            (nil, directory.file("none")),
        ]
            as [(String?, String?)]
        {
            let failure = try #require(throws: AgentFailure.self) { try key(token, path) }
            #expect(failure.exit == .configuration)
            #expect(!failure.text.contains("two words"))
        }
    }

    @Test("what a terminal starts does not inherit the variable")
    func environment() throws {
        setenv(KeySource.variable, "secret", 1)
        _ = try key("from-flag")
        #expect(getenv(KeySource.variable) == nil)
    }

    @Test("an argument that is not there is shown nowhere, and the others stay")
    func arguments() {
        let before = FileBytes.read("/proc/self/cmdline", atMost: 1 << 20)
        #expect(ProcessArguments.hide("no-such-argument-of-a-test"))
        #expect(!ProcessArguments.hide(""))
        #expect(FileBytes.read("/proc/self/cmdline", atMost: 1 << 20) == before)
    }
}
