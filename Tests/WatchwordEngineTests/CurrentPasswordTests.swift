import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("The current password, where a contract asks for it")
struct CurrentPasswordTests {
    private func submission(_ inputs: [InputName: Value]) -> Submission {
        var submission = Submission(inputs)
        submission.bound = [.currentPassword, .email, .name, .password]
        return submission
    }

    private func scene(limits: ThrottleLimits = .off) async throws -> (Scene, Principal) {
        let scene = try Scene(Contract.plain, limits: limits)
        try await scene.signUp()
        return (scene, try await scene.principal(try await scene.signIn().access))
    }

    @Test("A new password and a new address need it, a new name does not")
    func needed() async throws {
        let (scene, principal) = try await scene()
        let needing: [[InputName: Value]] = [
            [.password: .string("another good one")], [.email: .string("ann@elsewhere.example")],
        ]
        let before = try await scene.snapshot()
        for inputs in needing {
            let refusal = try await scene.perform(.updateAccount, submission(inputs), as: principal).refusal
            #expect(refusal?.problems == [InputProblem(.currentPassword, .required)])
        }
        #expect(try await scene.snapshot() == before)
        #expect(scene.hasher.verifications == 1)
        for inputs in [[.name: .string("Ann")], [.email: .string("ANN@example.org")]] as [[InputName: Value]] {
            _ = try granted(await scene.perform(.updateAccount, submission(inputs), as: principal))
        }
        for var inputs in needing.reversed() {
            inputs[.currentPassword] = .string(Scene.password)
            _ = try granted(await scene.perform(.updateAccount, submission(inputs), as: principal))
        }
    }

    @Test("A wrong one is refused whatever it comes with, and changes nothing")
    func wrong() async throws {
        let (scene, principal) = try await scene()
        let before = try await scene.snapshot()
        let others: [[InputName: Value]] = [
            [.password: .string("another good one")], [.email: .string("ann@elsewhere.example")],
            [.name: .string("Ann")], [:],
        ]
        for var inputs in others {
            inputs[.currentPassword] = .string("a wrong one")
            let outcome = try await scene.perform(.updateAccount, submission(inputs), as: principal)
            #expect(outcome == .refused(.wrongPassword))
        }
        var deletion = Submission([.currentPassword: .string("a wrong one")])
        deletion.bound = [.currentPassword]
        #expect(try await scene.perform(.deleteAccount, deletion, as: principal) == .refused(.wrongPassword))
        #expect(try await scene.snapshot() == before)
        #expect(scene.hasher.hashes == 1)
    }

    @Test("Guessing it with a stolen token is bounded like signing in, in all three places together")
    func throttled() async throws {
        var limits = ThrottleLimits.off
        limits.attempt = Limit(burst: 3, every: 30_000_000)
        let (scene, principal) = try await scene(limits: limits)
        var wrong = Submission([.currentPassword: .string("a wrong one"), .password: .string("another good one")])
        wrong.bound = [.currentPassword]
        var codes: [RefusalCode?] = []
        for operation in [WatchwordCore.Operation.updateAccount, .deleteAccount, .changePassword, .updateAccount] {
            codes.append(try await scene.perform(operation, wrong, as: principal).refusal?.code)
        }
        #expect(codes == [.wrongPassword, .wrongPassword, .wrongPassword, .rateLimited])
    }

    @Test("A password replaced while it was verified does not count")
    func replaced() async throws {
        let (scene, principal) = try await scene()
        let id = principal.account.id
        let realm = scene.realm
        let hasher = MeanwhileHasher(realm.hasher) {
            try await realm.store.write { transaction in
                try realm.engine().replacePassword(
                    of: id, with: "$argon2id$other", at: realm.clock.now(), in: transaction)
            }
        }
        let engine = realm.engine(hasher: hasher)
        var submission = Submission([.currentPassword: .string(Scene.password), .name: .string("Ann")])
        submission.bound = [.currentPassword]
        for operation in [WatchwordCore.Operation.updateAccount, .deleteAccount] {
            let outcome = try await engine.perform(operation, submission, TestRealm.caller(principal: principal))
            #expect(outcome == .refused(.wrongPassword), "\(operation.rawValue)")
        }
        #expect(try await realm.store.read { try $0.account(id)?.name } == nil)
    }

    @Test("A full queue of hashes says so and takes no attempt")
    func busy() async throws {
        let (scene, principal) = try await scene()
        scene.hasher.setBusy(true)
        var submission = Submission([.currentPassword: .string(Scene.password)])
        submission.bound = [.currentPassword]
        let outcome = try await scene.perform(.deleteAccount, submission, as: principal)
        #expect(outcome == .refused(Refusal(.busy, retryAfter: 1)))
        scene.hasher.setBusy(false)
        _ = try granted(await scene.perform(.deleteAccount, submission, as: principal))
    }
}

/// Calls every password right, after doing something else.
private struct MeanwhileHasher: PasswordHasher {
    let base: any PasswordHasher
    let meanwhile: @Sendable () async throws -> Void

    init(_ base: any PasswordHasher, _ meanwhile: @escaping @Sendable () async throws -> Void) {
        self.base = base
        self.meanwhile = meanwhile
    }

    func hash(_ password: Secret) async throws -> Outcome<String> { try await base.hash(password) }
    func verify(_ password: Secret, against hash: String?) async throws -> Outcome<PasswordVerdict> {
        try await meanwhile()
        return .granted(.right(outdated: false))
    }
    func format(of hash: String) -> PasswordHashFormat? { base.format(of: hash) }
    func check(hash: String) -> PasswordHashProblem? { base.check(hash: hash) }
}
