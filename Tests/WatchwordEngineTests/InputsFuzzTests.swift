import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Whatever is sent")
struct InputsFuzzTests {
    private static let names: [InputName] = [
        .email, .username, .identity, .userID, .password, .confirm, .currentPassword, .name, .token, .refreshToken, .id,
        .agentID, .scope, .limit, .offset, .page, .pageIndex, .perPage, .search, .uid, .otp, .device, .ttl, .overlap,
        .role, .field("plan"), .field("is_premium"), .field("role"),
    ]

    private static let texts = [
        "", " ", "ann", "ann@example.org", "ANN@EXAMPLE.ORG", "a\u{0}b@example.org", "\u{0}",
        "me", "current", "'; DROP TABLE accounts; --",
        "%s%n", "\u{202E}", "👩‍👩‍👧", "e\u{301}", "admin", "1", "-1", "9223372036854775808", "null", "all",
        String(repeating: "a", count: 300), String(repeating: "é", count: 5_000), "correct horse battery", "a.b.c",
    ]

    private static func value(_ generator: inout SeededGenerator, depth: Int = 0) -> Value {
        switch Int.random(in: 0..<(depth < 3 ? 12 : 9), using: &generator) {
        case 0: .null
        case 1: .bool(Bool.random(using: &generator))
        case 2: .int([0, 1, -1, .max, .min].randomElement(using: &generator) ?? 0)
        case 3: .double([0, -0.0, 1e308, .nan, .infinity].randomElement(using: &generator) ?? 0)
        case 9: .array((0..<3).map { _ in value(&generator, depth: depth + 1) })
        case 10, 11: .object([Value.Member("x", value(&generator, depth: depth + 1))])
        default: .string(texts.randomElement(using: &generator) ?? "")
        }
    }

    @Test("Nothing that is sent is a fault, and what is refused changes nothing", arguments: Contract.all)
    func fuzz(_ contract: (name: String, terms: Terms)) async throws {
        let scene = try Scene(contract.terms)
        try await scene.signUp()
        var person = "ann"
        let seed = UInt64.random(in: 0...UInt64.max)
        var generator = SeededGenerator(seed: seed)
        var before = try await scene.snapshot()
        for _ in 0..<250 {
            let operation = try #require(WatchwordCore.Operation.allCases.randomElement(using: &generator))
            var submission = Submission()
            for name in Self.names where Int.random(in: 0..<3, using: &generator) > 0 {
                submission[name] = Self.value(&generator)
            }
            submission.bound = Self.names.filter { _ in Bool.random(using: &generator) }
            let principal =
                Bool.random(using: &generator) ? try await scene.principal(try await scene.signIn(person).access) : nil
            if principal != nil { before = try await scene.snapshot() }
            let outcome = try await scene.perform(operation, submission, as: principal)
            let after = try await scene.snapshot()
            if outcome.refusal != nil { #expect(after == before, "seed \(seed), \(operation), \(submission)") }
            before = after
            // Whoever changed or removed the account it signs in with is somebody else from now on.
            if outcome.output != nil, principal != nil, [.updateAccount, .deleteAccount].contains(operation) {
                person += "x"
                try await scene.signUp(person)
                before = try await scene.snapshot()
            }
        }
        _ = try await scene.signIn(person)
    }
}
