import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Sockets of a dialect, from the client's side")
struct SocketPrintingTests {
    private let key = PresentedCredential(kind: .apiKey, text: Secret("t_secret"))

    private static let named = """
        /a/{id}/ws: {do: connect_agent, owns: {agent: path.id}, \
        auth: {header: Authorization, scheme: Bearer, takes: api_key}, refused: {http: 401, body: {error: not you}}}
        """

    @Test("what is printed is what the server reads")
    func handshake() throws {
        let socket = try SocketCodecTests.compiled(Self.named)
        let opening = try #require(socket.opening(agentID: "x y", presenting: key))
        #expect(opening.request.method == "GET")
        #expect(opening.request.path == "/a/x%20y/ws")
        #expect(opening.request.header("authorization") == "Bearer t_secret")
        #expect(opening.firstMessage == nil)
        var contents = RequestContents(opening.request, parameters: [("id", "x y")])
        guard case .presented(let credentials) = socket.credentials(in: &contents) else { return #expect(Bool(false)) }
        #expect(credentials.map(\.text) == [key.text])
    }

    @Test("a first message holds the credential, and the request does not")
    func firstMessage() throws {
        let socket = try SocketCodecTests.compiled(SocketCodecTests.agent)
        let opening = try #require(socket.opening(agentID: nil, presenting: key))
        #expect(opening.request.headers.isEmpty)
        #expect(opening.firstMessage == #"{"type":"auth","api_key":"t_secret"}"#)
        #expect(socket.credential(inMessage: try #require(opening.firstMessage), again: false)?.text == key.text)
    }

    @Test("an agent or a credential that the socket has no place for is not left out in silence")
    func noPlace() throws {
        let named = try SocketCodecTests.compiled(Self.named)
        #expect(named.opening(agentID: nil, presenting: key) == nil)
        #expect(named.opening(agentID: "a/b", presenting: key) == nil)
        #expect(named.opening(agentID: "7", presenting: .init(kind: .access, text: key.text)) == nil)
        #expect(named.opening(agentID: "7", presenting: .init(kind: .apiKey, text: Secret("a\nb"))) == nil)
        let first = try SocketCodecTests.compiled(SocketCodecTests.agent)
        #expect(first.opening(agentID: nil, presenting: .init(kind: .access, text: key.text)) == nil)
    }

    @Test("messages are known by the words that the dialect gives them")
    func messages() throws {
        let socket = try SocketCodecTests.compiled(
            SocketCodecTests.agent.dropLast()
                + ", close_when: {api_key_revoked: {close: 4321, send: {type: bye}}}}")
        #expect(socket.parse(#"{"type":"ok","id":"7"}"#) == .accepted([.agent(.id): .string("7")]))
        #expect(socket.parse(#"{"type":"ping"}"#) == .ping(answer: #"{"type":"pong"}"#))
        #expect(socket.parse(#"{"type":"bye"}"#) == .farewell(.keyEnded))
        #expect(socket.parse(#"{"type":"error"}"#) == .refused)
        #expect(socket.parse(#"{"type":"hello"}"#) == .other)
        #expect(socket.parse("") == .other)
        #expect(socket.end(closeCode: 4_321) == .keyEnded)
        #expect(socket.end(closeCode: ConnectionEnd.replaced.closeCode) == .replaced)
        #expect(socket.end(closeCode: 1_000) == nil)
        #expect(socket.refusalCloseCode == 1_008)
    }

    @Test("an answer instead of the upgrade is read like any other")
    func refused() throws {
        let dialect = CompiledDialect(
            try Tiny.dialect("api_keys: {prefix: t_, bind: agent}\nsockets:\n  \(Self.named)"))
        let socket = try #require(dialect.sockets.first)
        let response = socket.response(refused: Refusal(.unauthorized), in: SocketCodecTests.context)
        #expect(dialect.parse(response, socket: socket)?.refused == .unauthorized)
        #expect(dialect.parse(WireResponse(status: 401, body: Array("<p>".utf8)), socket: socket) == nil)
    }
}
