import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Links: whose they are, what they look like, and what they begin")
struct LinksNamedTests {
    private static let new = "another good password"

    private func stage(_ change: (inout Terms) -> Void = { _ in }) throws -> Stage {
        try Stage { terms in
            terms.verify = OneTimeTokenTerms(lifetime: .hours(24))
            terms.reset = OneTimeTokenTerms(lifetime: .hours(1))
            change(&terms)
        }
    }

    private func use(
        _ stage: Stage, _ operation: WatchwordCore.Operation, _ token: String, _ name: InputName? = nil,
        _ text: String = ""
    ) async throws -> Outcome<Grant> {
        var submission = Submission([.token: .string(token), .password: .string(Self.new)])
        if let name {
            submission.bound = [name]
            submission[name] = .string(text)
        }
        return try await stage.engine.perform(operation, submission, TestRealm.caller())
    }

    @Test("Where a route names an account beside the token, it must be the token's", arguments: [true, false])
    func named(_ isReset: Bool) async throws {
        let operation = isReset ? WatchwordCore.Operation.resetPassword : .verifyEmail
        let stage = try stage { $0.accounts.login = [.email, .username] }
        let (account, caller, _) = try await stage.enrol()
        let (bob, _, _) = try await stage.enrol("bob@example.com")
        #expect(try await stage.perform(.updateAccount, [.username: .string("ann")], caller).output != nil)
        func token() async throws -> String {
            if isReset { return try await stage.requestReset() }
            #expect(try await stage.perform(.requestVerification, [.email: .string("ann@example.com")]).output != nil)
            return try await stage.token(.verify)
        }
        let wrong: [(InputName, String)] = [
            (.uid, bob.id.text), (.uid, "nobody"), (.uid, "bob@example.com"), (.email, "bob@example.com"),
            (.email, "nonsense"), (.username, "bob"), (.identity, "bob@example.com"),
        ]
        let good = try await token()
        for (name, text) in wrong {
            #expect(try await use(stage, operation, good, name, text) == .refused(.invalidLink), "\(name) \(text)")
        }
        #expect(try await use(stage, operation, good, .uid, "").refusal?.problems == [InputProblem(.uid, .required)])
        let right: [(InputName, String)] = [
            (.uid, account.id.text), (.uid, "ANN@example.com"), (.uid, "ann"), (.email, "ANN@example.com"),
            (.username, "Ann"), (.identity, "ann"), (.identity, "ann@example.com"),
        ]
        for (name, text) in right {
            let outcome = try await use(stage, operation, try await token(), name, text)
            #expect(outcome.output?.user?.id == account.id, "\(name) \(text)")
            if !isReset { try await unverify(stage, account.id) }
        }
    }

    private func unverify(_ stage: Stage, _ id: Account.ID) async throws {
        var account = try await stage.account(id)
        account.emailVerified = false
        _ = try await stage.realm.store.write { [account] in try $0.update(account) }
    }

    @Test("Verification links stand beside each other until one is used; a reset link voids the older ones")
    func beside() async throws {
        let stage = try stage()
        let (account, _, _) = try await stage.enrol()
        let first = try await stage.token(.verify)
        #expect(try await stage.perform(.requestVerification, [.email: .string("ann@example.com")]).output != nil)
        let second = try await stage.token(.verify)
        #expect(first != second)
        #expect(try await use(stage, .verifyEmail, first).output?.user?.id == account.id)
        for token in [first, second] {
            #expect(try await use(stage, .verifyEmail, token) == .refused(.alreadyVerified))
        }
        let older = try await stage.requestReset()
        let newer = try await stage.requestReset()
        #expect(try await use(stage, .resetPassword, older) == .refused(.invalidLink))
        #expect(try await use(stage, .resetPassword, newer).output != nil)
    }

    @Test("A contract may send no verification link unasked")
    func unasked() async throws {
        let stage = try stage { $0.verify?.isSentUnasked = false }
        let caller = try await stage.enrol().caller
        #expect(try await stage.mails().isEmpty)
        let inputs: [InputName: Value] = [.email: .string("ann@elsewhere.example")]
        #expect(try await stage.perform(.updateAccount, inputs, caller).output?.user?.emailVerified == false)
        #expect(try await stage.mails().map(\.kind) == [.addressChanged, .addressChanged])
        #expect(try await stage.perform(.requestVerification, inputs).output != nil)
        #expect(try await stage.mails().first?.kind == .verify)
    }

    @Test("A link holds what the contract puts in it, fit for a URL")
    func pieces() async throws {
        let pieces: [LinkPiece] = [
            .publicURL, .text("/confirm/"), .accountID, .text("/"), .token, .text("?for="), .email,
        ]
        let stage = try stage { $0.reset?.link = pieces }
        let (account, _, _) = try await stage.enrol("a+b/c@example.com")
        #expect(try await stage.perform(.requestReset, [.email: .string("a+b/c@example.com")]).output != nil)
        let mail = try #require(try await stage.mails().first { $0.kind == .reset })
        let link = try #require(try stage.content(of: mail).link)
        #expect(link.hasPrefix("https://auth.example/confirm/"))
        let parts = link.split(separator: "/")
        #expect(parts[3] == account.id.text)
        #expect(parts[4].hasSuffix("?for=a%2Bb%2Fc%40example.com"))
        let token = String(try #require(parts[4].split(separator: "?").first))
        #expect(try await use(stage, .resetPassword, token, .uid, account.id.text).output != nil)
    }

    @Test("A token has the contract's form, and a text of any other is refused without a look-up")
    func formats() async throws {
        let formats: [(OpaqueFormat, Int)] = [
            (OpaqueFormat(prefix: "rst_", .bytes(20, .hex)), 44),
            (OpaqueFormat(.letters(alphabet: "abcdefghijklmnop", length: 40)), 40),
            (OpaqueFormat(.uuid), 36), (OpaqueFormat(.bytes(32, .base62)), 43),
        ]
        for (format, length) in formats {
            #expect(!format.isGuessable)
            let stage = try stage { $0.reset?.format = format }
            _ = try await stage.enrol()
            let token = try await stage.requestReset()
            #expect(token.utf8.count == length)
            let store = CountingStore(stage.realm.store)
            let engine = stage.engine.with(store: store)
            let last = token.last == "a" ? "b" : "a"
            for odd in [
                "", "x", token + "a", String(token.dropLast()), token.dropLast() + "~", "\(last)!",
                token.uppercased() + "Q",
            ] {
                let submission = Submission([.token: .string(String(odd)), .password: .string(Self.new)])
                let refusal = try await engine.perform(.resetPassword, submission, TestRealm.caller()).refusal
                #expect(refusal?.code == (odd.isEmpty ? .validation : .invalidLink), "\(odd)")
            }
            #expect(store.reads + store.writes == 0)
            #expect(try await use(stage, .resetPassword, token).output != nil)
        }
    }

    @Test("Where the reply shows tokens, using a link signs in, and the reset's session is not among those it ends")
    func signsIn() async throws {
        let stage = try stage { terms in
            terms.accounts.signUpSignsIn = false
            terms.verify?.signsIn = true
            terms.reset?.signsIn = true
            terms.refresh = RefreshTokenTerms(format: .opaque(OpaqueFormat()), lifetime: .days(7), use: .rotate)
        }
        let inputs: [InputName: Value] = [.email: .string("ann@example.com"), .password: .string(Stage.password)]
        #expect(try granted(await stage.perform(.signUp, inputs)).access == nil)
        let verified = try granted(await use(stage, .verifyEmail, try await stage.token(.verify)))
        #expect(verified.session?.method == "otp" && verified.refresh != nil)
        let principal = try granted(await stage.authenticate(try #require(verified.access).text))
        #expect(principal.account.emailVerified)
        let reset = try granted(await use(stage, .resetPassword, try await stage.requestReset()))
        #expect(try await stage.authenticate(try #require(verified.access).text).refusal?.code == .revokedToken)
        #expect(try await stage.authenticate(try #require(reset.access).text).output?.session?.id == reset.session?.id)
        let quiet = try self.stage()
        _ = try await quiet.enrol()
        #expect(try granted(await use(quiet, .verifyEmail, try await quiet.token(.verify))).session == nil)
    }

    @Test("A link is asked for by username or by either, where the contract has that")
    func identities() async throws {
        let stage = try stage { $0.accounts.login = [.username, .email] }
        let caller = try await stage.enrol().caller
        #expect(try await stage.perform(.updateAccount, [.username: .string("ann")], caller).output != nil)
        for (name, text) in [(InputName.username, "ANN"), (.identity, "ann"), (.identity, "ann@example.com")] {
            let count = try await stage.mails().count
            #expect(try await stage.perform(.requestReset, [name: .string(text)]) == .granted(Grant()))
            #expect(try await stage.mails().count == count + 1, "\(text)")
        }
        for (name, text) in [(InputName.username, "bob"), (.username, "a@b"), (.identity, "\u{7}")] {
            let count = try await stage.mails().count
            #expect(try await stage.perform(.requestReset, [name: .string(text)]) == .granted(Grant()))
            #expect(try await stage.mails().count == count, "\(text)")
        }
    }

    @Test("A route without a place for an address means the caller's own; one without a caller needs one")
    func ownLink() async throws {
        let stage = try stage()
        let caller = try await stage.enrol().caller
        let grant = try granted(await stage.perform(.requestVerification, [:], caller))
        #expect(grant.user?.id == caller.principal?.account.id)
        #expect(try await stage.mails().count == 2)
        #expect(
            try await stage.perform(.requestVerification, [:]).refusal?.problems == [InputProblem(.email, .required)])
        // Somebody else's address goes before the caller's account.
        var submission = Submission()
        submission.bound = [.email]
        let refusal = try await stage.engine.perform(.requestVerification, submission, caller).refusal
        #expect(refusal?.problems == [InputProblem(.email, .required)])
    }

    @Test("Only a contract that tells so anyway is told who has no account, and who is verified")
    func told() async throws {
        for tells in [false, true] {
            let stage = try stage { terms in
                terms.verify?.tellsUnknown = tells
                terms.reset?.tellsUnknown = tells
            }
            let (account, _, _) = try await stage.enrol()
            for operation in [WatchwordCore.Operation.requestReset, .requestVerification] {
                let unknown = try await stage.perform(operation, [.email: .string("nobody@example.com")])
                #expect(unknown == (tells ? .refused(.unknownAccount) : .granted(Grant())))
                #expect(try await stage.perform(operation, [.email: .string("ann@example.com")]) == .granted(Grant()))
            }
            #expect(try await use(stage, .verifyEmail, try await stage.token(.verify)).output != nil)
            let verified = try await stage.perform(.requestVerification, [.email: .string("ann@example.com")])
            #expect(verified == (tells ? .refused(.alreadyVerified) : .granted(Grant())))
            _ = try await Administration(stage.engine).disable(AccountReference(account.id))
            let disabled = try await stage.perform(.requestReset, [.email: .string("ann@example.com")])
            #expect(disabled == (tells ? .refused(.unknownAccount) : .granted(Grant())))
        }
    }
}
