import Logging
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

/// Pages below `/account`, a page at `/login` beside the dialect's route of other methods, and one that breaks.
private func pages(_ asked: Kept<String> = Kept()) -> Site {
    Site(
        claims: { request in
            asked.add("\(request.method) \(request.path)")
            if request.path == "/login" { return ["GET", "HEAD"].contains(request.method) }
            return request.path.hasPrefix("/account")
        },
        respond: { request, caller, isSecure in
            if request.path == "/account/broken" { throw Fault(.storeUnavailable, "the disk is gone") }
            if request.path == "/account/stopping" { throw CancellationError() }
            let text = "page \(request.method) \(request.path) of \(caller.address.text), secure \(isSecure)"
            return WireResponse(
                status: 200, headers: [("Content-Type", "text/html"), ("X-Content-Type-Options", "nosniff")],
                body: Array(text.utf8))
        },
        failure: {
            WireResponse(status: 500, headers: [("Content-Type", "text/html")], body: Array("broken \($0)".utf8))
        },
        name: { $0.path.hasPrefix("/account/keys/") ? "/account/keys/{id}" : $0.path })
}

@Suite("a site beside a dialect")
struct SiteTests {
    @Test("answers what the dialect does not know: a path, or a method of a path")
    func finds() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages())
        #expect(await responder.ask("GET", "/account").text == "page GET /account of 127.0.0.1, secure false")
        #expect(await responder.ask("POST", "/account/keys").text.hasPrefix("page POST"))
        #expect(await responder.ask("GET", "/login").text.hasPrefix("page GET /login"))
        #expect(await responder.ask("HEAD", "/login").text.hasPrefix("page HEAD /login"))
        #expect(await responder.ask("POST", "/login", json: "{}").text.hasPrefix(#"{"error":"validation""#))
        #expect(await responder.ask("GET", "/nowhere").text.hasPrefix(#"{"error":"not_found""#))
    }

    @Test("is not asked about what a route answers, even to refuse it")
    func routesWin() async throws {
        let asked = Kept<String>()
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages(asked))
        let token = await responder.browserToken()
        _ = await responder.ask("GET", "/me", [("authorization", "Bearer \(token)")])
        _ = await responder.ask("GET", "/me")
        _ = await responder.ask("POST", "/login", json: "no JSON")
        #expect(asked.all.isEmpty)
        _ = await responder.ask("DELETE", "/me")
        #expect(asked.all == ["DELETE /me"])
    }

    @Test("adds its methods to a path's, and leaves OPTIONS to the dialect")
    func methods() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages(), origins: ["https://app.example"])
        let answer = await responder.ask("DELETE", "/login")
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "POST, OPTIONS, GET, HEAD")
        let preflight = await responder.ask(
            "OPTIONS", "/login", [("origin", "https://app.example"), ("access-control-request-method", "POST")])
        #expect(preflight.status == 204)
        #expect(preflight.header("access-control-allow-origin") == "https://app.example")
        #expect(await responder.ask("OPTIONS", "/account").status == 404)
    }

    @Test("is no API: pages of allowed origins cannot read it")
    func crossOrigin() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages(), origins: ["https://app.example"])
        let fields = [(name: "origin", value: "https://app.example")]
        #expect(await responder.ask("GET", "/nowhere", fields).header("access-control-allow-origin") != nil)
        let page = await responder.ask("GET", "/account", fields)
        #expect(!page.headers.contains { $0.name.lowercased().hasPrefix("access-control") })
    }

    @Test("every answer of it is kept by no cache and has its type told, once")
    func hardened() async throws {
        let responder = try Speaking(text: Speaking.browser).responder(site: pages())
        let page = await responder.ask("GET", "/account")
        #expect(page.header("cache-control") == "no-store")
        #expect(page.headers.filter { $0.name == "X-Content-Type-Options" }.count == 1)
    }

    @Test("is refused to whoever could be read on the way, and learns who comes by TLS")
    func transport() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages(), proxies: ["10.0.0.1"])
        #expect(
            await responder.ask("GET", "/account", from: "192.0.2.1").text.hasPrefix(#"{"error":"insecure_transport""#))
        let encrypted = await responder.ask("GET", "/account", from: "192.0.2.1", encrypted: true)
        #expect(encrypted.text == "page GET /account of 192.0.2.1, secure true")
        let hop = [(name: "x-forwarded-for", value: "203.0.113.7"), (name: "x-forwarded-proto", value: "https")]
        #expect(
            await responder.ask("GET", "/account", hop, from: "10.0.0.1").text
                == "page GET /account of 203.0.113.7, secure true")
        let clear = [(name: "x-forwarded-for", value: "203.0.113.7"), (name: "x-forwarded-proto", value: "http")]
        #expect(await responder.ask("GET", "/account", clear, from: "10.0.0.1").status == 403)
        // A stranger's word is not taken.
        #expect(await responder.ask("GET", "/account", hop, from: "192.0.2.1").status == 403)
        let open = speaking.responder(site: pages(), requiresHTTPS: false)
        #expect(
            await open.ask("GET", "/account", from: "192.0.2.1").text == "page GET /account of 192.0.2.1, secure false")
    }

    @Test("a fault of it is logged under an id, which is all that is told")
    func faults() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages())
        let answer = await responder.ask("GET", "/account/broken", query: "token=secret")
        #expect(answer.status == 500)
        let id = try #require(answer.text.split(separator: " ").last)
        #expect(answer.text == "broken \(id)")
        #expect(id.count == 10)
        #expect(
            speaking.lines.all == [
                "error: the disk is gone fault=store_unavailable fault_id=\(id) operation=/account/broken"
            ])
        #expect(await responder.ask("GET", "/account/stopping").text == "broken ")
        #expect(speaking.lines.all.count == 1)
    }

    @Test("is counted as the site, and logged without ids and without the query")
    func records() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let responder = speaking.responder(site: pages(), level: .debug)
        _ = await responder.ask("GET", "/account/keys/9f1b", query: "token=secret")
        let line = try #require(speaking.lines.all.last)
        #expect(line.contains("method=GET") && line.contains("route=/account/keys/{id} status=200"))
        #expect(!line.contains("9f1b") && !line.contains("secret"))
        let page = speaking.metrics.text()
        #expect(page.contains(#"watchword_requests_total{realm="authspec",operation="site",status="2xx"} 1"#))
        #expect(page.contains(#"watchword_request_seconds_count{realm="authspec",operation="site"} 1"#))
    }

    @Test("sockets stay the dialect's")
    func sockets() async throws {
        let responder = try Speaking(text: Speaking.live).responder(
            site: Site(
                claims: { _ in true }, respond: { _, _, _ in WireResponse(status: 200) },
                failure: { _ in WireResponse(status: 500) }, name: \.path))
        #expect(await responder.ask("GET", "/first").status == 426)
        #expect(await responder.ask("POST", "/first").status == 405)
        #expect(await responder.ask("GET", "/elsewhere").status == 200)
    }
}

@Suite("a site beside several dialects")
struct SiteOfSeveralTests {
    private func ask(_ responder: RealmResponder, _ path: String, host: String = "localhost") async -> WireResponse {
        let request = WireRequest(method: "GET", path: path, headers: [("host", host)])
        return await responder.respond(
            to: .request(request), from: Peer(address: IPAddress("127.0.0.1"), isEncrypted: false))
    }

    private func responder(hosts: [Set<String>], site: Site = pages()) throws -> RealmResponder {
        let one = try Speaking(text: Speaking.browser, "one")
        let other = try Speaking(text: Speaking.browser.replacing(" /", with: " /v2/"), "other", beside: one)
        return RealmResponder(
            dialects: [(hosts[0], one.responder(site: site)), (hosts[1], other.responder(site: site))],
            forwardAuth: nil)
    }

    @Test("is asked when none of them knows the path")
    func paths() async throws {
        let responder = try responder(hosts: [[], []])
        #expect(await ask(responder, "/account").status == 200)
        #expect(await ask(responder, "/me").status == 401)
        #expect(await ask(responder, "/v2/me").status == 401)
        #expect(await ask(responder, "/nowhere").status == 404)
    }

    @Test("is found at any host, and nothing else is at one that no dialect answers to")
    func hosts() async throws {
        let responder = try responder(hosts: [["api.example"], ["v2.example"]])
        for host in ["api.example", "v2.example", "accounts.example"] {
            #expect(await ask(responder, "/account", host: host).text.hasPrefix("page GET /account"), "\(host)")
        }
        #expect(await ask(responder, "/me", host: "accounts.example").status == 404)
        let answer = await responder.answer(
            .request(WireRequest(method: "GET", path: "/account", headers: [("host", "accounts.example")])),
            from: Peer(address: IPAddress("192.0.2.1"), isEncrypted: false))
        guard case .response(let refused) = answer else {
            Issue.record("upgraded")
            return
        }
        #expect(refused.text.hasPrefix(#"{"error":"insecure_transport""#))
    }

    @Test("comes and goes with a reload")
    func reload() async throws {
        let speaking = try Speaking(text: Speaking.browser)
        let port = PortBox()
        var settings = ListenerSettings()
        settings.onReady = { port.set($0) }
        let mounts = [Mount(engine: speaking.realm.engine(), dialect: speaking.dialect)]
        let listener = try Listener(mounts, settings: settings, metrics: speaking.metrics, logger: .silent)
        _ = try await serving(try listener.service(), port: port) { port, _ in
            let request = "HEAD /account HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
            #expect(try await WireClient.ask(port, request).hasPrefix("HTTP/1.1 404 "))
            listener.replace(mounts, forwardAuth: nil, site: pages())
            let answer = try await WireClient.ask(port, request)
            #expect(answer.hasPrefix("HTTP/1.1 200 ") && answer.hasSuffix("\r\n\r\n"), "\(answer)")
            listener.replace(mounts, forwardAuth: nil)
            #expect(try await WireClient.ask(port, request).hasPrefix("HTTP/1.1 404 "))
            return true
        }
    }
}
