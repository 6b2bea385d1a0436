import HTTPTypes
import Hummingbird
import HummingbirdTesting
import Logging
import Testing
import WatchwordCore
import WatchwordVerifier
import WatchwordVerifierHummingbird

/// The context of docs/guides/verify-tokens.md.
struct ShopContext: VerifiedRequestContext {
    var coreContext: CoreRequestContextStorage
    var verified: VerifiedToken?

    init(source: Source) { coreContext = .init(source: source) }
}

@Suite("A Hummingbird service behind Watchword")
struct RequireTokenTests {
    private func service(_ keys: VerifierKeys, admitsStrangers: Bool = false) -> some ApplicationProtocol {
        let verifier = Verifier(keys: keys, clock: Time())
        let router = Router(context: ShopContext.self)
        router.add(
            middleware: RequireToken(verifier, from: [.bearer, .cookie("sid")], admitsStrangers: admitsStrangers))
        router.get("orders") { _, context in "orders of \(context.verified?.subject ?? "nobody")" }
        return Application(router: router, logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() })
    }

    private func get(
        _ service: some ApplicationProtocol, _ headers: HTTPFields
    ) async throws -> (status: Int, challenge: String?, text: String) {
        try await service.test(.router) { client in
            try await client.execute(uri: "/orders", method: .get, headers: headers) { response in
                (response.status.code, response.headers[.wwwAuthenticate], String(buffer: response.body))
            }
        }
    }

    @Test("knows whose request it is, by header or cookie")
    func admitted() async throws {
        let issuer = try Issuer(.es256)
        let service = service(try issuer.keys)
        let token = try issuer.token()
        for headers in [
            [.authorization: "Bearer \(token)"], [.authorization: "bearer \(token)"], [.cookie: "a=b; sid=\(token)"],
        ] as [HTTPFields] {
            let answer = try await get(service, headers)
            #expect(answer.status == 200)
            #expect(answer.text == "orders of ada")
        }
    }

    @Test("refuses without one, and with a bad one even where strangers may pass")
    func refused() async throws {
        let issuer = try Issuer(.es256)
        let strict = service(try issuer.keys)
        let open = service(try issuer.keys, admitsStrangers: true)
        let stranger = try await get(strict, [:])
        #expect(stranger.status == 401)
        #expect(stranger.challenge == "Bearer")
        #expect(try await get(open, [:]).text == "orders of nobody")
        let other = try Issuer(.es256).token()
        for headers in [
            [.authorization: "Bearer \(other)"], [.authorization: "Basic YTpi"], [.authorization: "Bearer"],
            [.cookie: "sid=x"], [.authorization: "Bearer \(other)", .cookie: "sid=\(try issuer.token())"],
        ] as [HTTPFields] {
            for service in [strict, open] {
                let answer = try await get(service, headers)
                #expect(answer.status == 401, "\(headers)")
                #expect(answer.challenge == #"Bearer error="invalid_token""#)
            }
        }
    }

    @Test("says that it cannot know while the keys cannot be had")
    func unavailable() async throws {
        let issuer = try Issuer(.es256)
        let service = service(.keySet(clock: Time()) { try Asked(nil).ask() })
        let answer = try await get(service, [.authorization: "Bearer \(try issuer.token())"])
        #expect(answer.status == 503)
        #expect(answer.challenge == nil)
    }
}
