import Synchronization
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordHTTP

@Suite("the open sockets at the operator's door")
struct AdminConnectionsTests {
    private final class Ended: Sendable {
        let numbers = Mutex<[UInt64]>([])
    }

    private let ended = Ended()

    private static func record(_ number: UInt64, _ realm: String, _ account: String, agent: String? = nil)
        -> ConnectionRecord
    {
        ConnectionRecord(
            number: number, realm: Realm.ID(realm), route: "/ws/{id}", accountID: Account.ID(account),
            agentID: agent.map { Agent.ID($0) }, role: agent == nil ? .person : .agent,
            proof: agent == nil ? .session(Session.ID("s\(number)")) : .apiKey(APIKey.ID("k\(number)")),
            address: ClientAddress(text: "192.0.2.\(number)", network: "192.0.2.\(number)"), client: "prog\u{1B}[2J/1",
            openedAt: Timestamp(seconds: 784_111_777), expiresAt: number == 1 ? Timestamp(seconds: 784_111_800) : nil)
    }

    private static let records = [
        record(2, "chatops", "ada", agent: "a7"), record(1, "chatops", "ada"), record(3, "chatops", "ben"),
        record(4, "vsay", "ada", agent: "a7"),
    ]

    private func responder() -> AdminResponder {
        AdminResponder(
            metrics: Metrics(startedAt: Timestamp(seconds: 7)), readiness: Readiness { true }, reload: nil,
            connections: AdminConnections(
                list: { Self.records },
                end: { [ended] number in
                    ended.numbers.withLock { $0.append(number) }
                    return Self.records.contains { $0.number == number }
                }))
    }

    private func ask(
        _ method: String, _ path: String, _ headers: [(name: String, value: String)] = [], body: String = "",
        from address: String = "127.0.0.1"
    ) async -> WireResponse {
        let request = WireRequest(method: method, path: path, headers: headers, body: Array(body.utf8))
        return await responder().respond(
            to: .request(request), from: Peer(address: IPAddress(address), isEncrypted: false))
    }

    @Test("they are shown as a table by their numbers, without what could move a cursor")
    func table() async {
        let lines = await ask("GET", "/connections").text.split(separator: "\n").map { $0.split(separator: " ") }
        #expect(lines.map { $0.first ?? "" } == ["number", "1", "2", "3", "4"])
        #expect(lines[1].contains("1994-11-06T08:49:37Z"))
        #expect(await !ask("GET", "/connections").text.contains("\u{1B}"))
    }

    @Test("they are shown as JSON to who asks for it")
    func json() async throws {
        let answer = await ask("GET", "/connections", [("accept", "application/json")])
        let list = try #require(JSON.parse(answer.body).value)
        guard case .array(let items) = list else { throw Fault(.invariant, answer.text) }
        #expect(items.count == 4)
        #expect(
            JSON.text(items[1])
                == #"{"number":2,"realm":"chatops","role":"agent","account_id":"ada","agent_id":"a7","session_id":null,"#
                + #""api_key_id":"k2","address":"192.0.2.2","opened_at":"1994-11-06T08:49:37.000Z","expires_at":null,"#
                + #""route":"/ws/{id}","client":"prog\u001b[2J/1"}"#)
        #expect(items[0]["session_id"] == .string("s1"))
    }

    @Test(
        "they are ended by number, account, agent or realm, and never those of another realm",
        arguments: [
            (#"{"number":3}"#, [3]), (#"{"realm":"chatops","account":"ada"}"#, [2, 1]),
            (#"{"realm":"chatops","agent":"a7"}"#, [2]), (#"{"realm":"vsay","all":true}"#, [4]),
            (#"{"realm":"chatops","account":"nobody"}"#, []),
        ] as [(String, [UInt64])])
    func close(body: String, expected: [UInt64]) async {
        let answer = await ask("POST", "/connections/close", body: body)
        #expect(answer.status == 200)
        #expect(answer.text == "\(expected.count)\n")
        #expect(ended.numbers.withLock { $0 } == expected)
    }

    @Test("a number that is not there ends none")
    func unknownNumber() async {
        #expect(await ask("POST", "/connections/close", body: #"{"number":9}"#).text == "0\n")
    }

    @Test(
        "what does not say which ends none",
        arguments: [
            "", "{}", "[]", #"{"realm":"chatops"}"#, #"{"realm":"chatops","all":false}"#, #"{"number":"3"}"#,
            #"{"number":-3}"#, #"{"all":true}"#, #"{"account":"ada"}"#,
            #"{"realm":"chatops","account":"ada","agent":"a7"}"#, #"{"realm":"chatops","accont":"ada"}"#,
        ])
    func unclear(body: String) async {
        #expect(await ask("POST", "/connections/close", body: body).status == 422)
        #expect(ended.numbers.withLock { $0 }.isEmpty)
    }

    @Test(
        "only a program on this machine is told or obeyed",
        arguments: [
            ("127.0.0.1", "origin", "http://localhost:9091"), ("127.0.0.1", "sec-fetch-site", "same-origin"),
            ("127.0.0.1", "x-forwarded-for", "192.0.2.1"), ("192.0.2.1", "x", "y"),
            ("127.0.0.1", "host", "evil.example:9091"), ("127.0.0.1", "host", "localhost.evil.example"),
        ])
    func others(address: String, name: String, value: String) async {
        #expect(await ask("GET", "/connections", [(name, value)], from: address).status == 403)
        let close = await ask("POST", "/connections/close", [(name, value)], body: #"{"number":3}"#, from: address)
        #expect(close.status == 403)
        #expect(ended.numbers.withLock { $0 }.isEmpty)
    }

    @Test(
        "a name of this machine or an address of it is no web page's",
        arguments: ["localhost", "localhost:9091", "127.0.0.1:9091", "[::1]:9091", "[::1]"])
    func names(host: String) async {
        #expect(await ask("GET", "/connections", [("host", host)]).status == 200)
    }

    @Test("other methods are told which fit, and a server without sockets knows no such path")
    func methods() async {
        let answer = await ask("DELETE", "/connections")
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "GET, HEAD")
        #expect(await ask("GET", "/connections/close").header("allow") == "POST")
        let without = AdminResponder(
            metrics: Metrics(startedAt: Timestamp(seconds: 7)), readiness: Readiness { true }, reload: nil)
        let request = WireRequest(method: "GET", path: "/connections")
        let peer = Peer(address: IPAddress("127.0.0.1"), isEncrypted: false)
        #expect(await without.respond(to: .request(request), from: peer).status == 404)
    }
}
