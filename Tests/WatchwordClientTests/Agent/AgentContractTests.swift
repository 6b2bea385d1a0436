import Testing
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordClient

@Suite("What an agent needs of a dialect")
struct AgentContractTests {
    @Test("ChatOps: the key is one agent's, and there is nothing to register")
    func chatops() throws {
        let contract = try AgentContract.read("chatops")
        #expect(contract.registration == nil)
        #expect(contract.socket.socket.agentParameter == nil)
    }

    @Test("a dialect whose paths name the agent has a route that registers it")
    func vsay() throws {
        let contract = try AgentContract.vsay()
        #expect(contract.registration?.route.pathText == "/api/agents/register")
        #expect(contract.socket.socket.pathText == "/api/agents/{agent_id}/ws")
    }

    @Test(
        "a dialect for no agent, a mistake in it and a name of none are told in one line",
        arguments: [
            ("stratify", "no socket"), ("nosuch", "one of aethermind"), ("./nosuch.yaml", "cannot be read"),
        ])
    func refused(_ name: String, _ part: String) throws {
        let failure = try #require(throws: AgentFailure.self) { try AgentContract.read(name) }
        #expect(failure.exit == .configuration)
        #expect(failure.text.contains(part))
        #expect(!failure.text.contains("\n"))
    }

    @Test("a file's mistake is shown with its place")
    func mistakes() throws {
        let directory = try TemporaryDirectory()
        #expect(try FileBytesProbe.write("dialect: 1\nnme: x\n", directory.file("own.yaml")))
        let failure = try #require(throws: AgentFailure.self) { try AgentContract.read(directory.file("own.yaml")) }
        #expect(failure.text.contains("own.yaml:2"))
        #expect(!failure.text.contains("\n"))
    }
}
