import Testing
import WatchwordCore

@testable import WatchwordClient
@testable import WatchwordDialect

@Suite("What the end of an attempt means")
struct AgentVerdictTests {
    private func end(_ end: ConnectionEnd, _ contract: AgentContract) -> Verdict {
        Verdict(.closed(code: end.closeCode, reason: end.reason, accepted: true, farewell: nil), contract.socket)
    }

    private func exit(_ verdict: Verdict) -> AgentFailure.Exit? {
        if case .never(let failure) = verdict { failure.exit } else { nil }
    }

    @Test("what ended the agent or its key is final; everything else is tried again")
    func closes() throws {
        let contract = try AgentContract.vsay()
        let final: [ConnectionEnd: AgentFailure.Exit] = [
            .keyEnded: .keyRefused, .accountClosed: .keyRefused, .sessionEnded: .keyRefused, .tokenExpired: .keyRefused,
            .agentRemoved: .gone, .replaced: .gone,
        ]
        for cause in ConnectionEnd.allCases { #expect(exit(end(cause, contract)) == final[cause], "\(cause)") }
        for code in [nil, 1_000, 1_001, 1_006, 1_008, 4_999] {
            let verdict = Verdict(.closed(code: code, reason: "", accepted: true, farewell: nil), contract.socket)
            #expect(exit(verdict) == nil, "\(code ?? 0)")
        }
        #expect(exit(Verdict(.lost("reset"), contract.socket)) == nil)
    }

    @Test("a dialect's own close code or last word for the same cause counts as well")
    func words() throws {
        let contract = try AgentContract.of(
            """
            dialect: 1
            name: own
            version: "1"
            extends: chatops
            sockets:
              /api/v1/agents/ws:
                do: connect_agent
                auth: {first_message: {type: auth, api_key: $takes.api_key}, within: 10s}
                accepted: {type: auth_success, server_id: $agent.id}
                refused: {send: {type: error}, close: 4100}
                close_when: {api_key_revoked: {close: 4200, send: {type: bye}}}
            """)
        let socket = contract.socket
        #expect(exit(Verdict(.closed(code: 4_200, reason: "", accepted: true, farewell: nil), socket)) == .keyRefused)
        #expect(
            exit(Verdict(.closed(code: 1_000, reason: "", accepted: true, farewell: .keyEnded), socket)) == .keyRefused)
        #expect(exit(Verdict(.closed(code: 4_100, reason: "", accepted: false, farewell: nil), socket)) == .keyRefused)
        // Once accepted, the same code is about something else.
        #expect(exit(Verdict(.closed(code: 4_100, reason: "", accepted: true, farewell: nil), socket)) == nil)
    }

    @Test("answers: the key is not taken, later, or no server of ours")
    func answers() throws {
        func verdict(_ status: Int, _ headers: [(name: String, value: String)] = [], known: Bool = false) -> Verdict {
            Verdict(WireResponse(status: status, headers: headers), nil, knownBefore: known)
        }
        #expect(exit(verdict(401)) == .keyRefused)
        #expect(exit(verdict(403, known: true)) == .keyRefused)
        #expect(verdict(429, [("Retry-After", "7")]) == .again("the server answers 429", asked: .seconds(7)))
        #expect(verdict(503) == .again("the server answers 503"))
        for status in [200, 301, 404, 422] {
            #expect(exit(verdict(status)) == .configuration)
            #expect(exit(verdict(status, known: true)) == nil)
        }
        if case .never(let failure) = verdict(301, [("Location", "https://b.example/")]) {
            #expect(failure.text.contains("https://b.example/"))
        }
        let refused = Verdict(
            WireResponse(status: 400), ParsedReply(status: 400, refused: .validation), knownBefore: true)
        #expect(exit(refused) == .configuration)
    }

    @Test("what a person is told is one line, whatever the server sends")
    func oneLine() {
        let verdict = Verdict(
            WireResponse(status: 302, headers: [("location", "a\nb")]), nil, knownBefore: false)
        if case .never(let failure) = verdict { #expect(!failure.text.contains("\n")) }
    }
}
