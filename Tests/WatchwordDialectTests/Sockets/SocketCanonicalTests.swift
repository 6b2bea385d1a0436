import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Sockets of a dialect, as they are written back")
struct SocketCanonicalTests {
    private func canonical(_ text: String, _ sections: String = "") throws -> Value {
        let keys = "api_keys: {prefix: t_, bind: agent}\ncors: [\"https://app.example\"]"
        let dialect = try Tiny.dialect("\(sections)\n\(keys)\nsockets:\n  \(text)")
        let written = try #require(dialect.canonical["sockets"])
        guard case .object(let members) = written else { return .null }
        return try #require(members.first).value
    }

    private func text(_ members: String, auth: String = "user") throws -> String {
        let value = try canonical("/ws: {do: connect_user, auth: \(auth)\(members)}")
        guard case .object(let all) = value else { return "" }
        return JSON.text(.object(all.filter { $0.name != "do" && $0.name != "auth" }))
    }

    private func auth(_ auth: String) throws -> String {
        JSON.text(try #require(try canonical("/ws: {do: connect_user, auth: \(auth)}")["auth"]))
    }

    @Test("what authenticates is written one way, however it was")
    func authentication() throws {
        #expect(try auth("user") == #"{"any":"user"}"#)
        #expect(try auth("[user]") == #"{"any":"user"}"#)
        #expect(try auth("{any: user}") == #"{"any":"user"}"#)
        #expect(try auth("{header: authorization, scheme: Bearer, takes: access}") == #"{"any":"user"}"#)
        #expect(try auth("{query: q, takes: access}") == #"{"any":[{"query":"q","takes":"access"}]}"#)
        #expect(
            try auth("{header: X-T, scheme_optional: T, takes: access, with: X-U}")
                == #"{"any":[{"header":"x-t","scheme_optional":"T","takes":"access","with":{"header":"x-u"}}]}"#)
        #expect(try auth("{ticket: t}") == #"{"ticket":"t"}"#)
        #expect(
            try auth("{any: user, ticket: t, again: {a: $takes.access}}")
                == #"{"any":"user","ticket":"t","again":{"a":"$takes.access"}}"#)
    }

    @Test("a first message has its deadline, and the message in band only where it is another")
    func first() throws {
        #expect(
            try auth("{first_message: {t: $takes.access}}")
                == #"{"first_message":{"t":"$takes.access"},"within":"10s"}"#)
        #expect(
            try auth("{first_message: {t: $takes.access}, within: 60s, again: {t: $takes.access}}")
                == #"{"first_message":{"t":"$takes.access"},"within":"1m"}"#)
        #expect(
            try auth("{first_message: {t: $takes.access}, again: {u: $takes.access}}")
                == #"{"first_message":{"t":"$takes.access"},"within":"10s","again":{"u":"$takes.access"}}"#)
    }

    @Test("dollar signs come back as they went")
    func dollars() throws {
        let written = try auth(#"{first_message: {"$$k": ["$$v", "a$b", "$${c}"], t: $takes.access}}"#)
        #expect(
            written == #"{"first_message":{"$$k":["$$v","a$b","$${c}"],"t":"$takes.access"},"within":"10s"}"#)
    }

    @Test("what is usual is not written")
    func usual() throws {
        #expect(try text("") == "{}")
        #expect(try text(", max_message: 65536, subprotocols: [], refused: {}, alive: {}") == "{}")
        #expect(try text(", note: for readers") == "{}")
    }

    @Test("what is not usual is written, in the language's order")
    func members() throws {
        #expect(
            try text(", max_message: 100, subprotocols: a, accepted: hi, welcome: {a: 1}")
                == #"{"welcome":{"a":1},"accepted":"hi","subprotocols":["a"],"max_message":100}"#)
        #expect(
            try text(", refused: {body: {e: $error.message}, http: 403}")
                == #"{"refused":{"http":403,"body":{"e":"$error.message"}}}"#)
        #expect(
            try text(", alive: {every: 30s, pong: b, ping: a}")
                == #"{"alive":{"ping":"a","pong":"b","every":"30s"}}"#)
    }

    @Test("what closes it is a list where there is nothing but names, and else a mapping")
    func closings() throws {
        #expect(try text(", close_when: silent") == #"{"close_when":["silent"]}"#)
        #expect(
            try text(", close_when: {silent: {}, replaced: {}}") == #"{"close_when":["silent","replaced"]}"#)
        #expect(
            try text(", close_when: {silent: 4000, replaced: {send: bye}, too_slow: {}}")
                == #"{"close_when":{"silent":{"close":4000},"replaced":{"send":"bye"},"too_slow":{}}}"#)
        #expect(try text(", close_when: []") == #"{"close_when":[]}"#)
    }

    @Test("an agent's socket names its parameter and its relay")
    func agents() throws {
        let value = try canonical(
            "/a/{id}: {do: connect_agent, relay: user, owns: {agent: path.id}, auth: {header: K, takes: api_key}}")
        #expect(
            JSON.text(value)
                == #"{"do":"connect_agent","auth":{"any":[{"header":"k","takes":"api_key"}]},"owns":{"agent":"path.id"},"relay":"user"}"#
        )
    }

    @Test("a file that extends another changes its sockets key by key, and can take one away")
    func extended() throws {
        let base = try Shipped.text("vsay")
        func load(_ text: String) throws -> Dialect {
            let loading = Dialect.load(
                text: text, file: "mine", extending: { $0 == "vsay" ? Array(base.utf8) : nil },
                environment: { _ in nil })
            return try #require(loading.dialect, "\(loading.diagnostics)")
        }
        let head = "dialect: 1\nname: mine\nextends: vsay\nsockets:\n"
        let changed = try load(
            head + "  /api/terminal/{agent_id}/ws:\n    max_message: 1024\n    close_when: [silent]\n")
        let terminal = try #require(changed.sockets.first)
        #expect(terminal.maximumMessage == 1_024)
        #expect(!terminal.closesAtTokenExpiry)
        #expect(terminal.relay == .agent)
        #expect(changed.sockets.count == 2)
        let fewer = try load(head + "  /api/agents/{agent_id}/ws: null\n")
        #expect(fewer.sockets.map(\.pathText) == ["/api/terminal/{agent_id}/ws"])
    }
}
