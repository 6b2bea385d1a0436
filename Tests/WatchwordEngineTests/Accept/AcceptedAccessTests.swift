import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Access tokens of the system before")
struct AcceptedAccessTests {
    @Test("open the account they name, in one session that is told from others, until their own end")
    func good() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        let principal = try granted(await old.show(token, from: "192.0.2.9"))
        #expect(principal.account.id.text == AcceptScene.ann)
        let session = try #require(principal.session)
        #expect(session.method == "accepted")
        #expect(session.address == "192.0.2.9")
        #expect(try await old.sessions() == [session])
        // From memory, from the store, and in the last second: the same session.
        #expect(try granted(await old.show(token)) === principal)
        #expect(try granted(await old.showAfterRestart(token)).session == session)
        old.realm.clock.advance(by: .seconds(3_539))
        #expect(try granted(await old.show(token)).session == session)
        old.realm.clock.advance(by: .seconds(1))
        #expect(try await old.show(token).refusal == Refusal(.expiredToken))
        #expect(try await old.showAfterRestart(token).refusal == Refusal(.expiredToken))
        let events = try await old.scene.events(.tokenExchange).filter { $0.outcome == "granted" }
        #expect(events.map(\.sessionID) == [session.id])
        #expect(events.first?.detail == "access token of key access")
    }

    @Test("are kept as digests only")
    func atRest() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        _ = try granted(await old.show(token))
        let bytes = try old.realm.databaseBytes()
        let text = token.revealed
        let signature = Array(text.utf8.suffix(20))
        #expect(
            !bytes.indices.dropLast(20).contains {
                bytes[$0] == signature[0] && bytes[$0..<($0 + 20)].elementsEqual(signature)
            })
    }

    @Test("become one session however many show one at once, and two tokens two")
    func once() async throws {
        let old = try await AcceptScene()
        let token = try old.token()
        try await withThrowingTaskGroup(of: Session.ID?.self) { group in
            for _ in 0..<30 { group.addTask { try await old.showAfterRestart(token).output?.session?.id } }
            var seen: Set<Session.ID?> = []
            for try await id in group { seen.insert(id) }
            #expect(seen.count == 1 && !seen.contains(nil))
        }
        _ = try granted(await old.show(try old.token(["jti": .string("another")])))
        #expect(try await old.sessions().count == 2)
    }

    @Test(
        "are refused for every claim that does not hold",
        arguments: [
            ["aud": .string("someone-else")], ["aud": .null], ["aud": .array([.int(7)])], ["sub": .null],
            ["sub": .string("")], ["sub": .bool(true)], ["sub": .string("5f1c1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5f")],
            ["exp": .string("tomorrow")], ["exp": .int(-1)], ["exp": .double(1e300)],
            ["nbf": .int(1_767_225_600 + 11)], ["nbf": .string("soon")], ["iat": .int(1_767_225_600 + 11)],
            ["iat": .string("then")],
        ] as [[String: Value]])
    func claims(_ changes: [String: Value]) async throws {
        let old = try await AcceptScene()
        #expect(try await old.show(try old.token(changes)).refusal == Refusal(.invalidToken))
        #expect(try await old.sessions().isEmpty)
        _ = try granted(await old.show(try old.token()))
    }

    @Test("that have ended are told so, whether or not they were ever shown")
    func ended() async throws {
        let old = try await AcceptScene()
        let token = try old.token(["exp": .int(old.now.seconds)])
        #expect(try await old.show(token).refusal == Refusal(.expiredToken))
        #expect(try await old.sessions().isEmpty)
    }

    @Test("may be a few seconds ahead, name one audience of several, and count their end in fractions")
    func lenient() async throws {
        let old = try await AcceptScene()
        for changes in [
            ["nbf": .int(old.now.seconds + 10)], ["iat": .int(old.now.seconds + 10)], ["aud": .string("old:auth")],
            ["aud": .array([.string("x"), .string("old:auth")])], ["exp": .double(Double(old.now.seconds) + 60.75)],
            ["sub": .string(AcceptScene.ann.uppercased())],
        ] as [[String: Value]] {
            _ = try granted(await old.show(try old.token(changes)))
        }
    }

    @Test("are refused when another key signed them, or an algorithm that the token chose")
    func signature() async throws {
        let old = try await AcceptScene()
        let token = try old.token().revealed
        let parts = token.split(separator: ".").map(String.init)
        func header(_ algorithm: String) -> String {
            TextEncoding.base64url.encode(Array(#"{"alg":"\#(algorithm)","typ":"JWT"}"#.utf8))
        }
        var bad = [try old.token(key: "main").revealed, try old.token(key: "refresh").revealed]
        bad += [token + "A", String(token.dropLast(2)), "\(parts[0]).\(parts[1]).", "", "x"]
        for algorithm in ["none", "HS512", "RS256"] {
            bad += ["\(header(algorithm)).\(parts[1]).", "\(header(algorithm)).\(parts[1]).\(parts[2])"]
        }
        for text in bad { #expect(try await old.show(Secret(text)).refusal == Refusal(.invalidToken), "\(text)") }
        #expect(try await old.sessions().isEmpty)
    }

    @Test("end with the sunset, in memory as in the store")
    func sunset() async throws {
        let old = try await AcceptScene()
        let long = try old.token(["exp": .int(AcceptScene.sunset.seconds + 86_400)])
        let unseen = try old.token(["exp": .int(AcceptScene.sunset.seconds + 86_401)])
        _ = try granted(await old.show(long))
        old.realm.clock.set(Timestamp(microseconds: AcceptScene.sunset.microseconds - 1))
        _ = try granted(await old.show(long))
        old.realm.clock.set(AcceptScene.sunset)
        #expect(try await old.show(long).refusal?.code == .invalidToken)
        #expect(try await old.showAfterRestart(long).refusal?.code == .invalidToken)
        #expect(try await old.show(unseen).refusal?.code == .invalidToken)
    }

    @Test("without an end are good until the sunset, even where sessions are shorter")
    func endless() async throws {
        var terms = Contract.plain
        terms.session.maximum = .days(7)
        let old = try await AcceptScene(terms)
        let token = try old.token(["exp": .null])
        _ = try granted(await old.show(token))
        old.realm.clock.set(Timestamp(microseconds: AcceptScene.sunset.microseconds - 1))
        try await old.engine.removeExpired()
        _ = try granted(await old.showAfterRestart(token))
        old.realm.clock.set(AcceptScene.sunset)
        #expect(try await old.showAfterRestart(token).refusal?.code == .invalidToken)
    }

    @Test("end with the sunset as well where they look like ours to the last claim")
    func likeOurs() async throws {
        var terms = Contract.closed
        terms.accounts.idFormat = .uuid
        let rule = AcceptedToken(key: "main", subject: ["userId"], until: AcceptScene.sunset)
        let old = try await AcceptScene(terms, [rule])
        let token = try old.token(
            [
                "userId": .string(AcceptScene.ann), "email": .string("ann@example.org"), "aud": .null, "sub": .null,
                "exp": .int(AcceptScene.sunset.seconds + 86_400),
            ], key: "main")
        for _ in 0..<2 { _ = try granted(await old.showAfterRestart(token)) }
        #expect(try await old.sessions().count == 1)
        old.realm.clock.set(AcceptScene.sunset)
        #expect(try await old.showAfterRestart(token).refusal?.code == .invalidToken)
    }

    @Test("are refused where a rule names another claim, and found along its path where it names that")
    func subjects() async throws {
        let nested = AcceptScene.rule {
            $0.subject = ["user", "mail"]
            $0.names = .email
        }
        let old = try await AcceptScene(Contract.plain, [nested])
        #expect(try await old.show(try old.token()).refusal == Refusal(.invalidToken))
        let user = Value.object([Value.Member("mail", .string("ANN@example.org"))])
        let principal = try granted(await old.show(try old.token(["user": user])))
        #expect(principal.account.id.text == AcceptScene.ann)
        let named = AcceptScene.rule { $0.names = .username }
        let other = try await AcceptScene(Contract.plain, [named])
        _ = try granted(await other.show(try other.token(["sub": .string("Ann")])))
        #expect(try await other.show(try other.token(["sub": .string("ann@example.org")])).refusal != nil)
    }

    @Test("name whole numbers where ids are numbers, as numbers or as text")
    func integers() async throws {
        let old = try await AcceptScene(Contract.rotate)
        try await old.add("42", "bob")
        for subject in [Value.int(42), .string("42")] {
            let principal = try granted(await old.show(try old.token(["sub": subject])))
            #expect(principal.account.id.text == "42")
        }
        #expect(try await old.show(try old.token(["sub": .string("042")])).refusal == Refusal(.invalidToken))
    }

    @Test("are judged by the first rule that they meet")
    func rules() async throws {
        let typed = AcceptScene.rule {
            $0.requires = [Value.Member("type", .string("access"))]
        }
        let old = try await AcceptScene(Contract.plain, [AcceptScene.rule { $0.kind = .refresh }, typed])
        let token = try old.token(["aud": .null, "type": .string("access")])
        _ = try granted(await old.show(token))
        #expect(try await old.show(try old.token(["aud": .null, "type": .string("refresh")])).refusal != nil)
        #expect(try await old.show(try old.token(["type": .string("access")])).refusal == Refusal(.invalidToken))
    }

    @Test("cost nothing where the contract's own token is shown")
    func hotPath() async throws {
        for contract in Contract.all {
            var accepting = contract.terms
            accepting.accepted.tokens = [AcceptScene.rule()]
            accepting.accepted.opaqueUntil = AcceptScene.sunset
            var calls: [Int] = []
            for terms in [contract.terms, accepting] {
                let scene = try Scene(terms)
                try await scene.signUp()
                let grant = try await scene.signIn()
                let store = FaultingStore(scene.realm.store)
                let engine = scene.realm.engine(store: store)
                _ = try granted(await engine.authenticate([scene.access(grant.access)], TestRealm.caller()))
                calls.append(store.calls)
            }
            #expect(calls[0] == calls[1], "\(contract.name)")
        }
    }
}
