import Testing
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("the opening handshake")
struct SocketHandshakeTests {
    private static let key = "dGhlIHNhbXBsZSBub25jZQ=="

    private func read(
        _ method: String = "GET", without name: String? = nil, body: [UInt8] = [],
        adding more: [(name: String, value: String)] = []
    ) -> SocketHandshake.Reading {
        let fields: [(name: String, value: String)] = [
            (name: "host", value: "x"), ("upgrade", "websocket"), ("connection", "keep-alive, Upgrade"),
            ("sec-websocket-key", Self.key), ("sec-websocket-version", "13"),
        ]
        return SocketHandshake.read(
            WireRequest(
                method: method, path: "/", headers: fields.filter { $0.name != name } + more, body: body))
    }

    @Test("a proper one is read")
    func proper() {
        #expect(read() == .asked(SocketHandshake(key: Self.key, subprotocols: [])))
    }

    @Test("its tokens are in any case, among others, over several fields")
    func tokens() {
        let reading = read(
            without: "connection",
            adding: [("connection", "close"), ("connection", "x , UPGRADE,"), ("upgrade", "h2c")])
        #expect(reading == .asked(SocketHandshake(key: Self.key, subprotocols: [])))
        #expect(read(without: "upgrade", adding: [("upgrade", "h2c, WebSocket")]) == read())
    }

    @Test("without asking for it there is none")
    func notAsked() {
        #expect(read(without: "upgrade") == .flawed(.notAsked))
        #expect(read(without: "connection") == .flawed(.notAsked))
        #expect(read(without: "upgrade", adding: [("upgrade", "websockets")]) == .flawed(.notAsked))
        #expect(read(without: "connection", adding: [("connection", "upgraded")]) == .flawed(.notAsked))
    }

    @Test("other versions are told which one is spoken here")
    func version() {
        for value in ["8", "13, 8", "013", "", "14"] {
            #expect(
                read(without: "sec-websocket-version", adding: [("sec-websocket-version", value)]) == .flawed(.version))
        }
        #expect(read(without: "sec-websocket-version") == .flawed(.version))
        #expect(read(adding: [("sec-websocket-version", "13")]) == .flawed(.version))
        #expect(SocketHandshake.Flaw.version.headers.contains { $0 == ("Sec-WebSocket-Version", "13") })
    }

    @Test("a key is 16 bytes in base64, once")
    func key() {
        for value in ["", "dGhlIHNhbXBsZSBub25jZQ", "dGhlIHNhbXBsZSBub25j", "dGhlIHNhbXBsZSBub25jZQ=!", "a"] {
            #expect(read(without: "sec-websocket-key", adding: [("sec-websocket-key", value)]) == .flawed(.malformed))
        }
        #expect(read(without: "sec-websocket-key") == .flawed(.malformed))
        #expect(read(adding: [("sec-websocket-key", Self.key)]) == .flawed(.malformed))
    }

    @Test("it is a GET without a body")
    func method() {
        #expect(read("POST") == .flawed(.malformed))
        #expect(read(body: [1]) == .flawed(.malformed))
    }

    @Test("the subprotocols offered are those of all fields, in order")
    func subprotocols() {
        let reading = read(adding: [("sec-websocket-protocol", "b, a"), ("sec-websocket-protocol", " c ,,d")])
        #expect(reading == .asked(SocketHandshake(key: Self.key, subprotocols: ["b", "a", "c", "d"])))
        #expect(read(adding: [("sec-websocket-protocol", "a b")]) == .flawed(.malformed))
        #expect(read(adding: [("sec-websocket-protocol", "a;b")]) == .flawed(.malformed))
        #expect(read(adding: [("sec-websocket-protocol", "é")]) == .flawed(.malformed))
    }

    @Test("an answer to a flawed one is another's words with its status")
    func response() {
        let words = WireResponse(status: 404, headers: [("Content-Type", "text/plain")], body: [1])
        let answer = SocketHandshake.Flaw.notAsked.response(words)
        #expect(answer.status == 426)
        #expect(answer.header("upgrade") == "websocket")
        #expect(answer.header("connection") == "Upgrade")
        #expect(answer.body == [1])
        #expect(SocketHandshake.Flaw.malformed.response(words).status == 400)
    }
}
