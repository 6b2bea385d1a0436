import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine

@testable import WatchwordHTTP

@Suite("several dialects on one listener")
struct RealmResponderTests {
    private let old: Speaking
    private let new: Speaking
    private let other: Speaking

    init() throws {
        old = try Speaking(text: Speaking.browser, "old")
        let prefixed = Speaking.browser.replacing(" /", with: " /v2/")
            .replacing("{error: $error.code", with: "{code: $error.code")
        new = try Speaking(text: prefixed, "new", beside: old)
        let posting = Speaking.browser.replacing(" /", with: " /v3/").replacing("GET /v3/me", with: "PUT /me")
        other = try Speaking(text: posting, "other", beside: old)
    }

    private func responder(hosts: [Set<String>] = [[], [], []]) -> RealmResponder {
        let all = [old, new, other]
        return RealmResponder(
            dialects: zip(hosts, all).map { hosts, speaking in
                let others = all.map(\.dialect).filter { $0 !== speaking.dialect }
                return (hosts, speaking.responder(others: others))
            }, forwardAuth: nil)
    }

    private func ask(
        _ responder: RealmResponder, _ method: String, _ path: String, host: String = "localhost"
    ) async -> WireResponse {
        let request = WireRequest(method: method, path: path, headers: [("host", host)])
        return await responder.respond(
            to: .request(request), from: Peer(address: IPAddress("127.0.0.1"), isEncrypted: false))
    }

    @Test("each answers its paths in its own shape, the first what none knows")
    func paths() async {
        let responder = responder()
        #expect(await ask(responder, "GET", "/me").text == #"{"error":"missing_token"}"#)
        #expect(await ask(responder, "GET", "/v2/me").text == #"{"code":"missing_token"}"#)
        let unknown = await ask(responder, "GET", "/nowhere")
        #expect(unknown.status == 404)
        #expect(unknown.text.hasPrefix(#"{"error":"not_found""#))
    }

    @Test("a path that two know by different methods has the methods of both")
    func methods() async {
        let responder = responder()
        #expect(await ask(responder, "PUT", "/me").status == 401)
        let answer = await ask(responder, "DELETE", "/me")
        #expect(answer.status == 405)
        #expect(answer.header("allow") == "GET, HEAD, OPTIONS, PUT")
    }

    @Test("a host name chooses, without regard to case and port; other hosts get those without one")
    func hosts() async {
        let responder = responder(hosts: [[], ["v2.example.com", "[::1]"], ["other.example.com"]])
        for host in ["v2.example.com", "V2.EXAMPLE.com:8443", "[::1]:80", "[::1]"] {
            #expect(await ask(responder, "GET", "/v2/me", host: host).text == #"{"code":"missing_token"}"#, "\(host)")
            #expect(await ask(responder, "GET", "/me", host: host).status == 404)
        }
        for host in ["example.com", "xv2.example.com", ""] {
            #expect(await ask(responder, "GET", "/v2/me", host: host).status == 404, "\(host)")
            #expect(await ask(responder, "GET", "/me", host: host).status == 401)
        }
        let named = self.responder(hosts: [["a.example"], ["b.example"], ["c.example"]])
        #expect(await ask(named, "GET", "/me", host: "d.example").status == 404)
    }

    @Test("what the connection refuses is told in the words of the first")
    func refusals() async {
        let answer = await responder().respond(
            to: .refused(Refusal(.tooLarge)), from: Peer(address: IPAddress("127.0.0.1"), isEncrypted: false))
        #expect(answer.status == 413)
        #expect(answer.text.hasPrefix(#"{"error":"too_large""#))
    }

    @Test("a connection sees a new responder with its next request, and not before")
    func live() async {
        let live = LiveResponder(EchoResponder())
        var (one, other) = (LiveResponder.View(live), LiveResponder.View(live))
        #expect(one.latest() is EchoResponder)
        let kept = other.latest()
        live.replace(with: responder())
        #expect(one.latest() is RealmResponder)
        #expect(kept is EchoResponder)
        #expect(other.latest() is RealmResponder)
        live.replace(with: EchoResponder())
        #expect(one.latest() is EchoResponder)
    }
}
