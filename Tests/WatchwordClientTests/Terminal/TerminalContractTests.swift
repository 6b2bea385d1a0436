import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

@testable import WatchwordClient

@Suite("What a person's terminal needs of a dialect")
struct TerminalContractTests {
    private func contract(_ name: String) throws -> TerminalContract {
        try TerminalContract(try DialectFile.read(name))
    }

    @Test("is all in Vsay's")
    func vsay() throws {
        let contract = try contract("vsay")
        #expect(contract.kind == .access)
        #expect(contract.signIn?.route.pathText == "/api/login")
        #expect(contract.agents?.route.pathText == "/api/machines")
        #expect(contract.socket.socket.pathText == "/api/terminal/{agent_id}/ws")
        #expect(contract.socket.path(agentID: "a/b") == nil)
        #expect(contract.socket.path(agentID: "a1") == "/api/terminal/a1/ws")
    }

    @Test("is not in a dialect without terminals")
    func none() {
        #expect(throws: TerminalFailure("the dialect authspec has no socket that is a person's terminal")) {
            _ = try contract("authspec")
        }
        #expect(throws: AgentFailure.self) { _ = try DialectFile.read("no-such") }
        #expect(throws: AgentFailure.self) { _ = try DialectFile.read("/no/such.yaml") }
    }

    @Test("tells an address from a username")
    func handles() throws {
        let vsay = try #require(try contract("vsay").signIn)
        #expect(TerminalContract.handle(vsay, "ada@example.com") == .email)
        let chatops = CompiledDialect(try DialectFile.read("chatops"))
        let route = try #require(chatops.routes.first { $0.operation == .signIn })
        #expect(TerminalContract.handle(route, "ada") == .identity)
    }

    @Test("has words for every end")
    func ends() throws {
        let socket = try contract("vsay").socket
        let codes = ConnectionEnd.allCases.map(\.closeCode) + TerminalClose.allCases.map(\.rawValue)
        var texts: Set<String> = []
        for code in codes {
            let failure = TerminalFailure(closeCode: code, reason: "x", socket)
            #expect(!failure.text.contains("code"))
            texts.insert(failure.text)
        }
        #expect(texts.count == codes.count)
        #expect(
            TerminalFailure(closeCode: 4_013, reason: "gone\u{1B}[2J\n", socket).text
                == "the agent gave the terminal up: gone [2J ")
        #expect(
            TerminalFailure(closeCode: 4_099, reason: "\u{7}no", socket).text
                == "the server closed the connection with code 4099:  no")
        #expect(
            TerminalFailure(closeCode: nil, reason: "", socket).text
                == "the server closed the connection without a word"
        )
    }

    @Test("ends as shells tell ends")
    func codes() {
        #expect(TerminalResult.exited(3).exitCode == 3)
        #expect(TerminalResult.exited(-15).exitCode == 143)
        #expect(TerminalResult.left.exitCode == 0)
        #expect(TerminalResult.failed(TerminalFailure("x")).exitCode == 255)
    }
}
