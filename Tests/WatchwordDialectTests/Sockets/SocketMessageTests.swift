import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Messages of a socket")
struct SocketMessageTests {
    static let context = SocketCodecTests.context

    private func socket(_ members: String, _ auth: String = "user") throws -> CompiledSocket {
        try SocketCodecTests.compiled("/ws: {do: connect_user, auth: \(auth)\(members)}")
    }

    // MARK: Of the client

    @Test("the first message holds at least what is asked for, and one credential")
    func first() throws {
        let agent = try SocketCodecTests.compiled(SocketCodecTests.agent)
        func key(_ text: String) -> PresentedCredential? { agent.credential(inMessage: text, again: false) }
        let good = PresentedCredential(kind: .apiKey, text: Secret("k"))
        #expect(key(#"{"type":"auth","api_key":"k"}"#) == good)
        #expect(key(#"{ "api_key" : "k", "version": {"a": 1}, "type": "auth" }"#) == good)
        for bad in [
            #"{"type":"auth"}"#, #"{"api_key":"k"}"#, #"{"type":"login","api_key":"k"}"#,
            #"{"type":"auth","api_key":""}"#, #"{"type":"auth","api_key":7}"#, #"{"type":"auth","api_key":null}"#,
            #"{"type":"auth","api_key":["k"]}"#, #"[{"type":"auth","api_key":"k"}]"#,
            #"{"type":"auth","api_key":"k","api_key":"l"}"#, #"{"type":"auth","api_key":"k"} x"#, "k", "",
            #"{"type":"auth","api_key":"\#(String(repeating: "k", count: 8_193))"}"#,
        ] {
            #expect(key(bad) == nil, "\(bad)")
        }
    }

    @Test("literals are equal in type and at every depth")
    func literals() throws {
        let socket = try socket(
            "", #"{first_message: {v: 1, ok: true, "$$a": {b: [x, $takes.access, null]}}}"#)
        func token(_ text: String) -> String? {
            socket.credential(inMessage: text, again: false)?.text.revealed
        }
        #expect(token(#"{"v":1,"ok":true,"$a":{"b":["x","t",null],"c":2}}"#) == "t")
        for bad in [
            #"{"v":"1","ok":true,"$a":{"b":["x","t",null]}}"#, #"{"v":1,"ok":"true","$a":{"b":["x","t",null]}}"#,
            #"{"v":1,"ok":true,"$a":{"b":["x","t"]}}"#, #"{"v":1,"ok":true,"$a":{"b":["x","t",null,1]}}"#,
            #"{"v":1,"ok":true,"$a":["x","t",null]}"#, #"{"v":1,"ok":true,"$$a":{"b":["x","t",null]}}"#,
        ] {
            #expect(token(bad) == nil, "\(bad)")
        }
    }

    @Test("a first message that is nothing but the credential is bare")
    func bare() throws {
        let socket = try socket("", "{first_message: $takes.access}")
        #expect(socket.credential(inMessage: "abc.def", again: false)?.text == Secret("abc.def"))
        #expect(socket.credential(inMessage: "", again: false) == nil)
    }

    @Test("in band there is another credential where the socket knows how: as at first, or in a message of its own")
    func again() throws {
        let first = try socket("", "{first_message: {t: $takes.access}}")
        #expect(first.credential(inMessage: #"{"t":"x"}"#, again: true)?.text == Secret("x"))
        let own = try socket("", "{first_message: {t: $takes.access}, again: {renew: $takes.access}}")
        #expect(own.credential(inMessage: #"{"t":"x"}"#, again: true) == nil)
        #expect(own.credential(inMessage: #"{"renew":"x"}"#, again: true) != nil)
        #expect(own.credential(inMessage: #"{"renew":"x"}"#, again: false) == nil)
        let handshake = try socket("")
        #expect(handshake.credential(inMessage: #"{"t":"x"}"#, again: true) == nil)
        #expect(handshake.credential(inMessage: #"{"t":"x"}"#, again: false) == nil)
        let both = try socket("", "{any: user, again: {t: $takes.access}}")
        #expect(both.credential(inMessage: #"{"t":"x"}"#, again: true) != nil)
        #expect(both.credential(inMessage: #"{"t":"x"}"#, again: false) == nil)
    }

    @Test("a message is never told by what describes it")
    func secrets() throws {
        let socket = try socket("", "{first_message: {t: $takes.access}}")
        let credential = try #require(socket.credential(inMessage: #"{"t":"hunter2"}"#, again: false))
        #expect(!"\(credential)".contains("hunter2"))
    }

    @Test("a client's ping is answered where there is a pong; the server sends its own where it is told how often")
    func alive() throws {
        let answered = try socket(", alive: {ping: {type: ping}, pong: {type: pong, at: $request.id}}")
        #expect(answered.isPing(#"{"type":"ping","n":4}"#))
        #expect(!answered.isPing(#"{"type":"pong"}"#))
        #expect(!answered.isPing("ping"))
        var context = Self.context
        context.id = "r1"
        #expect(answered.pong(in: context) == #"{"type":"pong","at":"r1"}"#)
        #expect(answered.ping == nil)
        let sent = try socket(", alive: {ping: ping, every: 30s}")
        #expect(sent.ping?.text == "ping")
        #expect(sent.ping?.every == .seconds(30))
        #expect(!sent.isPing("ping"))
        #expect(sent.pong(in: context) == nil)
        let both = try socket(", alive: {ping: {op: 9}, pong: pong, every: 1m}")
        #expect(both.ping?.text == #"{"op":9}"#)
        #expect(both.isPing(#"{"op":9}"#))
        #expect(both.pong(in: context) == "pong")
        #expect(try !socket("").isPing("ping"))
    }

    @Test("before authentication messages are short, after it as long as is written")
    func sizes() throws {
        let usual = try socket("")
        #expect(usual.maximumMessage(authenticated: false) == 4_096)
        #expect(usual.maximumMessage(authenticated: true) == 65_536)
        let long = try socket(", max_message: 1000000")
        #expect(long.maximumMessage(authenticated: false) == 4_096)
        #expect(long.maximumMessage(authenticated: true) == 1_000_000)
        #expect(try socket(", max_message: 100").maximumMessage(authenticated: false) == 100)
    }

    // MARK: Of the server

    @Test("what is sent is JSON, or a bare text where a text is written")
    func sent() throws {
        let agent = try SocketCodecTests.compiled(SocketCodecTests.agent)
        #expect(agent.welcome(in: Self.context) == #"{"type":"hello"}"#)
        #expect(agent.accepted(Sample.grant, in: Self.context) == #"{"type":"ok","id":"a1","key":"k1"}"#)
        let text = try socket(", welcome: hello, accepted: \"user ${user.email}\"")
        #expect(text.welcome(in: Self.context) == "hello")
        #expect(text.accepted(Sample.grant, in: Self.context) == "user ada@example.com")
        #expect(try socket("").welcome(in: Self.context) == nil)
        #expect(try socket("").accepted(Sample.grant, in: Self.context) == nil)
    }

    @Test("ids are numbers in messages where they are in replies")
    func numbers() throws {
        let dialect = try Tiny.dialect(
            "users: {id: int}\nsockets:\n  /ws: {do: connect_user, auth: user, accepted: {id: $user.id}}")
        let socket = try #require(CompiledDialect(dialect).socket(path: "/ws")).socket
        #expect(socket.accepted(Sample.grant, in: Self.context) == #"{"id":17}"#)
    }

    @Test("a refusal is told in the socket's words; what is ours to mend only where they say which it is")
    func refusals() throws {
        func refusal(_ socket: CompiledSocket, _ code: RefusalCode) -> (String?, Int) {
            let told = socket.refusal(Refusal(code), in: Self.context)
            return (told.message, told.closeCode)
        }
        let agent = try SocketCodecTests.compiled(SocketCodecTests.agent)
        #expect(refusal(agent, .revokedToken) == (#"{"type":"error"}"#, 1_008))
        #expect(refusal(agent, .notFound) == (#"{"type":"error"}"#, 1_008))
        #expect(refusal(agent, .busy) == (nil, 1_013))
        #expect(refusal(agent, .rateLimited) == (nil, 1_013))
        #expect(refusal(agent, .internal) == (nil, 1_011))
        let told = try socket(
            ", refused: {send: {why: $error.message}, close: 4401}", "{first_message: {t: $takes.access}}")
        #expect(refusal(told, .expiredToken) == (#"{"why":"Unauthorized"}"#, 4_401))
        #expect(refusal(told, .accountDisabled) == (#"{"why":"Invalid credentials"}"#, 4_401))
        #expect(refusal(told, .busy).0 == #"{"why":"The server is busy"}"#)
        #expect(refusal(told, .busy).1 == 1_013)
        #expect(refusal(try socket(""), .missingToken) == (nil, 1_008))
        // What a message repeats of the request does not say which refusal it is.
        let path = try socket(", refused: {send: {at: $request.path}}", "{first_message: {t: $takes.access}}")
        #expect(refusal(path, .busy) == (nil, 1_013))
        #expect(refusal(path, .internal) == (nil, 1_011))
        #expect(refusal(path, .expiredToken).0 != nil)
    }

    @Test("the reason of a refusal is masked like any other answer")
    func masked() throws {
        let told = try socket(", refused: {send: {code: $error.code}}", "{first_message: {t: $takes.access}}")
        #expect(told.refusal(Refusal(.accountDisabled), in: Self.context).message == #"{"code":"invalid_credentials"}"#)
    }

    @Test("an end has the dialect's words and code, or the server's own")
    func farewells() throws {
        func farewell(_ socket: CompiledSocket, _ end: ConnectionEnd) -> (String?, Int, String) {
            let told = socket.farewell(end, in: Self.context)
            return (told.message, told.closeCode, told.reason)
        }
        let words = try socket(
            ", close_when: {session_revoked: 4401, replaced: {send: {type: bye}}, silent: {close: 3000, send: bye}}")
        #expect(farewell(words, .sessionEnded) == (nil, 4_401, "The session has ended"))
        #expect(farewell(words, .replaced) == (#"{"type":"bye"}"#, 4_006, "Replaced by a newer connection"))
        #expect(farewell(words, .silent) == ("bye", 3_000, "No sign of life"))
        let plain = try socket("")
        for end in ConnectionEnd.allCases {
            #expect(farewell(plain, end) == (nil, end.closeCode, end.reason))
            #expect(farewell(plain, end).2.utf8.count <= 123)
        }
    }

    @Test("who does not authenticate in time hears a refusal, unless there are words for that")
    func due() throws {
        let agent = try SocketCodecTests.compiled(SocketCodecTests.agent)
        let told = agent.farewell(.authenticationDue, in: Self.context)
        #expect(told.message == #"{"type":"error"}"#)
        #expect(told.closeCode == 1_008)
        #expect(told.reason == "Not authenticated in time")
        let own = try socket(
            ", refused: {send: sorry, close: 1008}, close_when: {unauthenticated: {close: 4408, send: late}}",
            "{first_message: {t: $takes.access}}")
        #expect(own.farewell(.authenticationDue, in: Self.context).message == "late")
        #expect(own.farewell(.authenticationDue, in: Self.context).closeCode == 4_408)
        #expect(own.farewell(.sessionEnded, in: Self.context).closeCode == 4_001)
        let first = "{first_message: {t: $takes.access}}"
        // Either is a refusal's own; with neither the server's end stands, which says more than 1008.
        let coded = try socket(", refused: {close: 4401}", first).farewell(.authenticationDue, in: Self.context)
        #expect(coded.message == nil && coded.closeCode == 4_401)
        let worded = try socket(", refused: {send: sorry}", first).farewell(.authenticationDue, in: Self.context)
        #expect(worded.message == "sorry" && worded.closeCode == 1_008)
        let neither = try socket("", first).farewell(.authenticationDue, in: Self.context)
        #expect(neither.message == nil && neither.closeCode == 4_008)
    }
}
