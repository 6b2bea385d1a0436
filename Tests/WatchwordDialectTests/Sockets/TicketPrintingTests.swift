import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("A client's path and ticket of a socket")
struct TicketPrintingTests {
    private static let ticketed = """
        /s/{id}/ws: {do: connect_user, auth: {any: user, ticket: t_k}, owns: {agent: path.id}}
        """
    private static let plain = "/ws: {do: connect_user, auth: {any: user, ticket: t}}"
    private static let none = "/ws: {do: connect_user, auth: user}"

    @Test("The path is the one that the client opens, the agent's id in it escaped")
    func paths() throws {
        let socket = try SocketCodecTests.compiled(Self.ticketed)
        #expect(socket.path(agentID: "7") == "/s/7/ws")
        #expect(socket.path(agentID: "a b?\u{E9}") == "/s/a%20b%3F%C3%A9/ws")
        for id in [nil, "", ".", "..", "a/b", "a\u{0}"] as [String?] {
            #expect(socket.path(agentID: id) == nil, "\(id ?? "none")")
        }
        #expect(try SocketCodecTests.compiled(Self.plain).path(agentID: nil) == "/ws")
        #expect(try SocketCodecTests.compiled(Self.plain).path(agentID: "7") == "/ws", "no place for it is needed")
    }

    @Test("A socket at the root has the path of a slash")
    func root() throws {
        let socket = try SocketCodecTests.compiled("/: {do: connect_user, auth: {any: user, ticket: t}}")
        #expect(socket.path(agentID: nil) == "/")
        #expect(socket.opening(agentID: nil, ticket: Secret("x"))?.request.path == "/")
    }

    @Test("A ticket is the one field of the query, and what the server reads there")
    func openings() throws {
        let socket = try SocketCodecTests.compiled(Self.ticketed)
        let opening = try #require(socket.opening(agentID: "a1", ticket: Secret("x&y=\u{E9}")))
        #expect(
            opening
                == PrintedOpening(
                    request: WireRequest(method: "GET", path: "/s/a1/ws", query: "t_k=x%26y%3D%C3%A9"),
                    firstMessage: nil))
        var contents = RequestContents(opening.request)
        #expect(socket.ticket(in: &contents) == Secret("x&y=\u{E9}"))
        #expect(socket.opening(agentID: nil, ticket: Secret("x")) == nil, "an agent it needs")
        #expect(try SocketCodecTests.compiled(Self.none).opening(agentID: nil, ticket: Secret("x")) == nil)
    }

    @Test("The close code of a refusal is the dialect's own, or that of a broken policy")
    func refusalCodes() throws {
        #expect(try SocketCodecTests.compiled(Self.none).refusalCloseCode == 1_008)
        let own = "/ws: {do: connect_user, auth: {first_message: {t: $takes.access}}, refused: {close: 4401}}"
        #expect(try SocketCodecTests.compiled(own).refusalCloseCode == 4_401)
    }

    @Test("What answers a ping is its text, a list of any depth, or nothing where facts are in it")
    func pongs() throws {
        func answer(_ pong: String) throws -> ParsedMessage {
            try SocketCodecTests.compiled("/ws: {do: connect_user, auth: user, alive: {ping: ping, pong: \(pong)}}")
                .parse("ping")
        }
        #expect(try answer("pong") == .ping(answer: "pong"))
        #expect(try answer("[1, [a, {b: null}]]") == .ping(answer: #"[1,["a",{"b":null}]]"#))
        #expect(try answer("{op: 10}") == .ping(answer: #"{"op":10}"#))
        #expect(try answer("[1, $request.id]") == .ping(answer: nil))
        #expect(try answer("{at: $request.time}") == .ping(answer: nil))
    }
}
