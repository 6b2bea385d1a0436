import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("the opening of a dialect's sockets", .timeLimit(.minutes(15)))
struct SocketOpeningTests {
    /// What a request to open a socket is answered: the status, and the header and body behind it.
    private static func open(_ port: Int, _ path: String, _ fields: String = "") async throws -> String {
        try await WireClient.connect(port) { try await $0.open(path, fields) }
    }

    @Test("a token in the header, the query or a cookie opens it, and the client is told who it is")
    func handshake() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, id) = try await speaking.signUp()
        try await speaking.serving { port in
            for (path, fields) in [
                ("/live", "Authorization: Bearer \(token)\r\n"), ("/live?token=\(token)", ""),
                ("/live", "Cookie: sid=\(token)\r\n"),
            ] {
                try await WireClient.connect(port) { client async throws in
                    #expect(try await client.open(path, fields).hasPrefix("HTTP/1.1 101 "), "\(path) \(fields)")
                    #expect(try await client.frame() == .text(#"{"type":"hello","user":"\#(id)"}"#))
                }
            }
        }
    }

    @Test("who has nothing, or nothing good, is refused before it is open, in the dialect's words")
    func refused() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving { port in
            for (path, fields) in [
                ("/live", ""), ("/live?token=\(token)x", ""), ("/live?token=\(token)&token=\(token)", ""),
                ("/live?token=\(token)", "Authorization: Bearer wrong\r\n"), ("/live?ticket=\(token)", ""),
                ("/live?ticket=", ""),
            ] {
                let answer = try await Self.open(port, path, fields)
                #expect(answer.hasPrefix("HTTP/1.1 401 "), "\(path) \(fields): \(answer)")
            }
        }
        let page = speaking.metrics.text()
        #expect(page.contains(#"watchword_sockets_refused_total{realm="authspec",code="missing_token"} 2"#))
        #expect(page.contains(#"watchword_sockets{realm="authspec",role="person"} 0"#))
    }

    @Test("an unknown agent and somebody else's are refused alike")
    func foreignAgent() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let agent = try await speaking.agent(of: token)
        let (other, _) = try await speaking.signUp("ben@example.com")
        try await speaking.serving { port in
            let own = try await Self.open(port, "/agents/\(agent.id)/watch?token=\(token)")
            #expect(own.hasPrefix("HTTP/1.1 101 "))
            let foreign = try await Self.open(port, "/agents/\(agent.id)/watch?token=\(other)")
            let unknown = try await Self.open(
                port, "/agents/00000000-0000-4000-8000-000000000000/watch?token=\(other)")
            #expect(foreign.hasPrefix("HTTP/1.1 404 "))
            #expect(foreign == unknown)
        }
    }

    @Test("a plain request to its path is told to upgrade, any other method which one fits")
    func plain() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let responder = speaking.responder()
        let answer = await responder.ask("GET", "/live")
        #expect(answer.status == 426)
        #expect(answer.header("upgrade") == "websocket")
        #expect(answer.text == #"{"error":"upgrade_required"}"#)
        let post = await responder.ask("POST", "/live")
        #expect(post.status == 405)
        #expect(post.header("allow") == "GET")
        #expect(await responder.ask("GET", "/nowhere").status == 404)
    }

    @Test("a handshake that is broken or of another version is refused")
    func flawed() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving { port in
            let text = WireClient.opening("/live?token=\(token)")
            let version = try await WireClient.connect(port) { client in
                try await client.say(text.replacing("Version: 13", with: "Version: 8"))
                return try await client.response()
            }
            #expect(version.hasPrefix("HTTP/1.1 426 "))
            #expect(version.contains("Sec-WebSocket-Version: 13\r\n"))
            let key = try await WireClient.connect(port) { client in
                try await client.say(text.replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "short"))
                return try await client.response()
            }
            #expect(key.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("a page of a foreign origin may open none, one of a named origin and a program may")
    func origins() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving(origins: ["https://app.example"]) { port in
            for (fields, status) in [
                ("", 101), ("Origin: https://app.example\r\n", 101), ("Origin: https://auth.example\r\n", 101),
                ("Origin: http://x\r\n", 101), ("Origin: https://evil.example\r\n", 403), ("Origin: null\r\n", 403),
                ("Origin: https://app.example.evil.example\r\n", 403),
                ("Origin: https://evil.example\r\nSec-Fetch-Site: cross-site\r\n", 403),
            ] {
                for (path, fields) in [
                    ("/live?token=\(token)", fields), ("/live", "\(fields)Cookie: sid=\(token)\r\n"),
                    ("/first", fields),
                ] {
                    let answer = try await Self.open(port, path, fields)
                    #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(path) \(fields): \(answer)")
                }
            }
        }
    }

    @Test("where any page may call, none may with the browser's cookies")
    func anyOrigin() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving(origins: ["*"]) { port async throws in
            let evil = "Origin: https://evil.example\r\n"
            #expect(try await Self.open(port, "/live?token=\(token)", evil).hasPrefix("HTTP/1.1 101 "))
            #expect(try await Self.open(port, "/live", "\(evil)Cookie: sid=\(token)\r\n").hasPrefix("HTTP/1.1 403 "))
        }
    }

    @Test("a ticket opens the socket that it was made for, once, from the origin that asked for it")
    func ticket() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, id) = try await speaking.signUp()
        let app = "https://auth.example"
        let first = try await speaking.ticket(for: "/live", token)
        let second = try await speaking.ticket(for: "/live", token, origin: app)
        let third = try await speaking.ticket(for: "/live", token)
        try await speaking.serving { port in
            for other in ["\(token)x", token] {
                let both = try await Self.open(port, "/live?ticket=\(first)&token=\(other)")
                #expect(both.hasPrefix("HTTP/1.1 401 "))
            }
            try await WireClient.connect(port) { client in
                try await client.open("/live?ticket=\(first)")
                #expect(try await client.frame() == .text(#"{"type":"hello","user":"\#(id)"}"#))
            }
            #expect(try await Self.open(port, "/live?ticket=\(first)").hasPrefix("HTTP/1.1 401 "))
            #expect(try await Self.open(port, "/live?ticket=\(second)").hasPrefix("HTTP/1.1 401 "))
            #expect(
                try await Self.open(port, "/agents/7/watch?ticket=\(third)").hasPrefix("HTTP/1.1 401 "))
        }
    }

    @Test("no ticket is made for a path that is no socket, or one that takes none")
    func ticketFor() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let fields = [(name: "authorization", value: "Bearer \(token)")]
        for (socket, status) in [("/live", 201), ("/agents/7/watch", 201), ("/first", 400), ("/me", 400), ("", 400)] {
            let answer = await speaking.responder().ask("POST", "/tickets", fields, json: #"{"socket":"\#(socket)"}"#)
            #expect(answer.status == status, "\(socket): \(answer.text)")
        }
    }

    @Test("a subprotocol is agreed on only where the socket speaks it")
    func subprotocol() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving { port in
            let path = "/live?token=\(token)"
            let known = try await Self.open(port, path, "Sec-WebSocket-Protocol: other, live.v1, live.v2\r\n")
            #expect(known.contains("Sec-WebSocket-Protocol: live.v1\r\n"))
            let unknown = try await Self.open(port, path, "Sec-WebSocket-Protocol: other\r\n")
            #expect(unknown.hasPrefix("HTTP/1.1 101 "))
            #expect(!unknown.contains("Sec-WebSocket-Protocol"))
        }
    }

    @Test("what others could read opens no socket")
    func clear() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let headers = [
            (name: "upgrade", value: "websocket"), (name: "connection", value: "Upgrade"),
            (name: "sec-websocket-key", value: "dGhlIHNhbXBsZSBub25jZQ=="),
            (name: "sec-websocket-version", value: "13"),
        ]
        let request = WireRequest(method: "GET", path: "/live", query: "token=\(token)", headers: headers)
        let peer = Peer(address: IPAddress("192.0.2.7"), isEncrypted: false)
        let answer = await speaking.responder().answer(.request(request), from: peer)
        guard case .response(let response) = answer else { throw Fault(.invariant, "\(answer)") }
        #expect(response.status == 403)
        #expect(response.text == #"{"error":"insecure_transport"}"#)
    }

    @Test("a broken store is a fault with an id and nothing else")
    func fault() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let responder = speaking.responder(store: DeadStore(error: Fault(.storeUnavailable, "down")))
        try await echoing(responder: responder) { port, _ in
            let answer = try await Self.open(port, "/live?token=\(token)")
            #expect(answer.hasPrefix("HTTP/1.1 500 "))
            #expect(!answer.contains("down"))
        }
        #expect(speaking.lines.all.contains { $0.contains("fault_id=") && !$0.contains(token) })
    }
}
