import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordTestKit

@Suite("Password hashing")
struct Argon2HasherTests {
    private static let tiny = TestRealm.parameters

    @Test("gives the hash of the reference implementation's own test")
    func reference() async throws {
        // phc-winner-argon2, src/test.c: argon2id, v=0x13, t=2, m=65536, p=1, "password", "somesalt".
        let text = "$argon2id$v=19$m=65536,t=2,p=1$c29tZXNhbHQ$CTFhFdXPJO1aFaMaO6Mm5c8y7cJHAph8ArZWb2GRPPc"
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 1)
        #expect(try await hasher.verify(Secret("password"), against: text) == .granted(.right(outdated: true)))
        #expect(try await hasher.verify(Secret("passwore"), against: text) == .granted(.wrong))
    }

    @Test("verifies what it hashed, to the last byte, and salts each hash")
    func roundTrip() async throws {
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 2)
        let password = Secret(String(repeating: "pä$$w0rd ", count: 14))
        let hash = try #require(try await hasher.hash(password).output)
        #expect(try await hasher.hash(password).output != hash)
        #expect(try await hasher.verify(password, against: hash) == .granted(.right(outdated: false)))
        for wrong in [Array(password.bytes.dropLast()), password.bytes + [0], [], Array(password.bytes.reversed())] {
            #expect(try await hasher.verify(Secret(wrong), against: hash) == .granted(.wrong))
        }
    }

    @Test("calls a hash outdated if any parameter or its length differs from today's")
    func outdated() async throws {
        let password = Secret("correct horse")
        let today = try Argon2Hasher(parameters: Argon2Parameters(memory: 128, passes: 2, parallelism: 2), lanes: 1)
        for other in [(64, 2, 2), (128, 1, 2), (128, 2, 1)] {
            let parameters = Argon2Parameters(memory: other.0, passes: other.1, parallelism: other.2)
            let hash = try #require(try await Argon2Hasher(parameters: parameters, lanes: 1).hash(password).output)
            #expect(try await today.verify(password, against: hash) == .granted(.right(outdated: true)))
        }
        let current = try #require(try await today.hash(password).output)
        #expect(try await today.verify(password, against: current) == .granted(.right(outdated: false)))
    }

    @Test(
        "never matches an absent, foreign or hostile hash",
        arguments: [
            nil, "", "$argon2id$v=19$m=4294967295,t=4294967295,p=255$AAAAAAAAAAAAAAAAAAAAAA$AAAA", "plain text",
            "$2b$12$KIXQqLhQyQ0l6b5Wl1z5ru0bH1J8y7h0n6a8d7f6g5h4j3k2l1m0n",
        ] as [String?])
    func absent(_ hash: String?) async throws {
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 1)
        for password in ["", "password", "plain text"] {
            #expect(try await hasher.verify(Secret(password), against: hash) == .granted(.wrong))
        }
    }

    @Test("does not match the zeros that stand in for an absent hash")
    func dummy() async throws {
        // Were the stand-in compared like a hash, whoever finds its preimage could enter without an account.
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 1)
        let zeros = PasswordHashText(
            parameters: Self.tiny, salt: [UInt8](repeating: 0, count: 16), hash: [UInt8](repeating: 0, count: 32))
        #expect(try await hasher.verify(Secret("any"), against: zeros.text) == .granted(.wrong))
    }

    @Test("answers busy with a time to retry when the line is full, and serves everybody it took")
    func busy() async throws {
        // One lane and one place: of many at once, most must be refused whatever the timing, and none forgotten.
        let hasher = try Argon2Hasher(
            parameters: Argon2Parameters(memory: 16_384, passes: 2, parallelism: 1), lanes: 1, bound: 1)
        let outcomes = try await withThrowingTaskGroup(of: Outcome<String>.self) { group in
            for _ in 0..<24 { group.addTask { try await hasher.hash(Secret("x")) } }
            return try await group.reduce(into: []) { $0.append($1) }
        }
        let refusals = outcomes.compactMap(\.refusal)
        #expect(outcomes.count == 24)
        #expect(!refusals.isEmpty)
        #expect(outcomes.count - refusals.count >= 1)
        #expect(refusals.allSatisfy { $0.code == .busy && ($0.retryAfter ?? 0) >= 1 })
        #expect(try await hasher.hash(Secret("x")).output != nil)
    }

    @Test("finishes what is in line after it was closed, and takes no more")
    func close() async throws {
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 1)
        #expect(try await hasher.hash(Secret("x")).output != nil)
        hasher.close()
        await #expect(throws: Fault.self) { try await hasher.hash(Secret("x")) }
    }

    @Test("does no work for a caller who was cancelled, and resumes him")
    func cancelled() async throws {
        let hasher = try Argon2Hasher(parameters: Self.tiny, lanes: 1)
        let result = await withTaskGroup(of: Result<Outcome<String>, any Error>.self) { group in
            group.cancelAll()
            group.addTask {
                do { return .success(try await hasher.hash(Secret("x"))) } catch { return .failure(error) }
            }
            return await group.next()
        }
        #expect(throws: CancellationError.self) { try result?.get() }
    }

    @Test("refuses parameters that are not bearable when it is made")
    func unbearable() {
        #expect(throws: Fault.self) {
            try Argon2Hasher(parameters: Argon2Parameters(memory: 1_000_000, passes: 1, parallelism: 1))
        }
    }
}
