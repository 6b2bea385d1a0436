import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Sockets of a dialect, as they load")
struct SocketLoadingTests {
    static func socket(_ text: String, _ sections: String = "") throws -> Socket {
        let keys = "api_keys: {prefix: t_, bind: agent}\ncors: [\"https://app.example\"]"
        let dialect = try Tiny.dialect("\(sections)\n\(keys)\nsockets:\n  \(text)")
        return try #require(dialect.sockets.first)
    }

    @Test("the shipped ones are what their documents say")
    func shipped() throws {
        let chatops = try #require(try Shipped.dialect("chatops").sockets.first)
        #expect(chatops.operation == .connectAgent)
        let pattern = MessagePattern.object([
            .init("type", .literal(.string("auth"))), .init("api_key", .credential(.apiKey)),
        ])
        #expect(chatops.opening == .firstMessage(pattern, within: .seconds(10)))
        #expect(chatops.again == pattern)
        #expect(chatops.refused.closeCode == 1_008)
        let vsay = try #require(
            try Shipped.dialect("vsay").sockets.first { $0.pathText == "/api/terminal/{agent_id}/ws" })
        #expect(vsay.operation == .connectUser)
        #expect(vsay.carriers.first == Carrier(.query("token"), takes: .access))
        #expect(vsay.agentParameter == "agent_id")
        #expect(vsay.relay == .agent)
        #expect(vsay.refused.reply?.status == 401)
        #expect(vsay.closesAtTokenExpiry)
    }

    @Test("what is not written is the usual")
    func standing() throws {
        let socket = try Self.socket("/ws: {do: connect_user, auth: {first_message: {t: $takes.access}}}")
        guard case .firstMessage(let pattern, let within) = socket.opening else {
            Issue.record("no first message")
            return
        }
        #expect(within == .seconds(10))
        #expect(socket.again == pattern)
        #expect(socket.ticket == nil)
        #expect(socket.closings == nil)
        #expect(socket.closesAtTokenExpiry)
        #expect(socket.maximumMessage == 65_536)
        #expect(socket.refused == Socket.Refused())
        #expect(socket.relay == nil)
        let plain = try Self.socket("/ws: {do: connect_user, auth: user}")
        #expect(plain.again == nil)
        #expect(plain.isHandshake)
    }

    @Test("the ways to authenticate: a name, a list, one carrier, any of several, a ticket")
    func ways() throws {
        let bearer = Carrier(.header("authorization", scheme: "Bearer"), takes: .access)
        #expect(try Self.socket("/ws: {do: connect_user, auth: user}").carriers == [bearer])
        let cookie = Carrier(.cookie("sid"), takes: .access)
        let list = "/ws: {do: connect_user, auth: [user, {cookie: sid, takes: access}]}"
        #expect(try Self.socket(list).carriers == [bearer, cookie])
        let one = "/ws: {do: connect_user, auth: {header: Authorization, scheme: Bearer, takes: access}}"
        #expect(try Self.socket(one).carriers == [bearer])
        let any = "/ws: {do: connect_user, auth: {any: [{cookie: sid, takes: access}, user], ticket: t}}"
        #expect(try Self.socket(any).carriers == [cookie, bearer])
        #expect(try Self.socket(any).ticket == "t")
        let ticket = try Self.socket("/ws: {do: connect_user, auth: {ticket: t}}")
        #expect(ticket.carriers.isEmpty)
        #expect(ticket.isHandshake)
        #expect(ticket.ticket == "t")
    }

    @Test(
        "expiry closes unless it is left out of a list that is given",
        arguments: [
            ("", true), (", close_when: [token_expired]", true), (", close_when: [session_revoked]", false),
            (", close_when: {token_expired: 4002}", true), (", close_when: {session_revoked: {close: 4001}}", false),
        ])
    func expiry(closing: String, closes: Bool) throws {
        #expect(try Self.socket("/ws: {do: connect_user, auth: user\(closing)}").closesAtTokenExpiry == closes)
    }

    @Test("every end of a connection has one name in a dialect")
    func events() {
        let events = ConnectionEnd.allCases.map(Socket.Event.init)
        #expect(Set(events).count == events.count)
        #expect(Set(events) == Set(Socket.Event.allCases))
        for event in Socket.Event.allCases { #expect(Socket.Event(event.end) == event) }
    }
}
