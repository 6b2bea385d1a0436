import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: the mail that carries them")
struct LinksMailTests {
    @Test("The link is the contract's, with the public URL and the token in their places")
    func link() async throws {
        let stage = try Stage { terms in
            terms.verify = OneTimeTokenTerms(
                lifetime: .hours(24), link: [.publicURL, .text("/api/verify?a=1&token="), .token])
        }
        let (account, _, _) = try await stage.enrol("Ann@Example.com")
        let mail = try #require(try await stage.mails().first)
        #expect(mail.kind == .verify)
        #expect(mail.recipient == "Ann@Example.com")
        #expect(mail.accountID == account.id)
        #expect(mail.dueAt == stage.realm.clock.now())
        let content = try stage.content(of: mail)
        let token = try stage.token(in: mail)
        #expect(token.utf8.count == 43)
        #expect(content.link == "https://auth.example/api/verify?a=1&token=\(token)")
        #expect(content.lifetime == .hours(24))
        #expect(content.kind == .verify && content.facts.isEmpty, "it came with signing up")
    }

    @Test("A link that was asked for tells when, from where and with what, and nothing of the account")
    func asked() async throws {
        let stage = try Stage { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
        let (account, caller, _) = try await stage.enrol()
        stage.realm.clock.advance(by: .minutes(5))
        let asker = Stage.caller("203.0.113.9")
        for (operation, kind) in [
            (WatchwordCore.Operation.requestReset, Mail.Kind.reset), (.requestVerification, .verify),
        ] {
            _ = try granted(await stage.perform(operation, [.email: .string("ann@example.com")], asker))
            let content = try stage.content(of: try #require(try await stage.mails().first))
            #expect(content.kind == kind)
            #expect(
                content.facts == [
                    .at: CivilTime(stage.realm.clock.now()).text(), .address: "203.0.113.9",
                    .device: "Firefox on Linux",
                ])
        }
        // The owner's wish for another address is a request too.
        let owner = Stage.caller("198.51.100.7", principal: caller.principal)
        _ = try granted(await stage.perform(.updateAccount, [.email: .string("ann@elsewhere.example")], owner))
        let mail = try #require(try await stage.mails().first { $0.kind == .verify })
        #expect(mail.recipient == "ann@elsewhere.example" && mail.accountID == account.id)
        #expect(try stage.content(of: mail).facts[.address] == "198.51.100.7")
    }

    @Test(
        "What a client calls itself is never a message to whoever gets the mail, verified or not",
        arguments: [
            "Call 0800 123456", "<a href=https://evil.example>", "x\r\nBcc: y@evil.example", "evil.example",
            String(repeating: "A", count: 9_000), "\u{202E}moc.live",
        ])
    func hostileAsker(_ agent: String) async throws {
        let stage = try Stage()
        let (account, _, _) = try await stage.enrol()
        for isVerified in [false, true] {
            if isVerified { try await stage.verify(account.id) }
            let said: [(String, told: String?)] = [(agent, nil), ("\(agent) Firefox/128.0", "Firefox")]
            for (text, told) in said {
                let asker = Stage.caller(agent: text)
                _ = try granted(await stage.perform(.requestReset, [.email: .string("ann@example.com")], asker))
                let content = try stage.content(of: try #require(try await stage.mails().first))
                #expect(content.facts[.device] == told)
                #expect(Set(content.facts.keys).isSubset(of: [.at, .address, .device]))
            }
        }
    }

    @Test("Where the contract has no words for a link, it leads to the usual page of the public URL")
    func usualLink() async throws {
        let stage = try Stage()
        _ = try await stage.enrol()
        let token = try await stage.requestReset()
        let content = try stage.content(of: try #require(try await stage.mails().first))
        #expect(content.link == "https://auth.example/reset-password?token=\(token)")
        #expect(content.lifetime == .hours(1))
    }

    @Test("What is stored holds neither the token nor the link, in any file of the database")
    func sealedAtRest() async throws {
        let stage = try Stage { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
        _ = try await stage.enrol()
        let tokens = [try await stage.token(.verify), try await stage.requestReset()]
        let stored = try stage.realm.databaseBytes()
        for token in tokens {
            let bytes = try #require(TextEncoding.base64url.decode(token.utf8, count: 32))
            #expect(!stored.contains(Array(token.utf8)))
            #expect(!stored.contains(bytes))
            #expect(!stored.contains(Array(TextEncoding.hex.encode(bytes).utf8)))
            // That this way of looking finds what is there:
            #expect(stored.contains(Engine.digest(Secret(token)).bytes))
        }
        #expect(!stored.contains(Array("?token=".utf8)))
        #expect(stored.contains(Array("ann@example.com".utf8)))
    }

    @Test("A newer link voids the older ones of its purpose, and no others")
    func newerVoidsOlder() async throws {
        let stage = try Stage { $0.verify = OneTimeTokenTerms(lifetime: .hours(24)) }
        let (account, _, _) = try await stage.enrol()
        let verification = try await stage.token(.verify)
        let first = try await stage.requestReset()
        let second = try await stage.requestReset()
        #expect(first != second)
        let inputs: (String) -> [InputName: Value] = {
            [.token: .string($0), .password: .string("another good password")]
        }
        #expect(try await stage.perform(.resetPassword, inputs(first)) == .refused(.invalidLink))
        #expect(try await stage.perform(.verifyEmail, [.token: .string(verification)]).output?.user?.id == account.id)
        #expect(try await stage.perform(.resetPassword, inputs(second)).output?.user?.id == account.id)
    }

    @Test("A fault anywhere in the request leaves no mail, no token, and the older link good")
    func faults() async throws {
        let stage = try Stage()
        _ = try await stage.enrol()
        let older = try await stage.requestReset()
        let asked = Submission([.email: .string("ann@example.com")])
        let tally = FaultingStore(stage.realm.store)
        _ = try await stage.engine.with(store: tally).perform(.requestReset, asked, TestRealm.caller())
        #expect(tally.calls >= 5)
        // The count itself made a link; this one is the older link of each try.
        let good = try await stage.token(.reset)
        #expect(good != older)
        let before = try await stage.mails()
        for call in 1...tally.calls {
            let engine = stage.engine.with(store: FaultingStore(stage.realm.store, failAt: call))
            await #expect(throws: Fault.self) { try await engine.perform(.requestReset, asked, TestRealm.caller()) }
            #expect(try await stage.mails() == before, "fault at call \(call)")
            let link = PresentedLink(token: good, isNamed: false)
            let now = stage.realm.clock.now()
            let redeemed = try await stage.realm.store.read { try stage.engine.redeem(link, .reset, at: now, in: $0) }
            #expect(redeemed.output != nil, "fault at call \(call)")
        }
    }
}

extension Array where Element == UInt8 {
    /// Whether `needle` occurs in it.
    func contains(_ needle: [UInt8]) -> Bool {
        guard let first = needle.first, count >= needle.count else { return needle.isEmpty }
        return (0...(count - needle.count)).contains { start in
            self[start] == first && self[start..<(start + needle.count)].elementsEqual(needle)
        }
    }
}
