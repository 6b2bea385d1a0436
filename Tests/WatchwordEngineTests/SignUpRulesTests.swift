import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("Signing up: roles and the password's rules")
struct SignUpRulesTests {
    private func signUp(
        _ inputs: [InputName: Value], _ change: (inout Terms) -> Void
    ) async throws -> Outcome<Grant> {
        var terms = Terms()
        change(&terms)
        var all = inputs
        all[.email] = .string("ann@example.org")
        if all[.password] == nil { all[.password] = .string(Scene.password) }
        return try await Scene(terms).perform(.signUp, Submission(all))
    }

    @Test("Somebody may say what they are, but no role of power")
    func roles() async throws {
        let roles: (inout Terms) -> Void = { terms in
            terms.accounts.roles = ["student", "teacher", "admin"]
            terms.accounts.administrators = ["admin"]
        }
        #expect(try granted(await signUp([:], roles)).user?.role == "student")
        #expect(try granted(await signUp([.role: .string("teacher")], roles)).user?.role == "teacher")
        for role in ["admin", "root", "Teacher", "teacher "] {
            let refusal = try await signUp([.role: .string(role)], roles).refusal
            #expect(refusal?.problems == [InputProblem(.role, .choice)], "\(role)")
        }
        #expect(try granted(await signUp([:]) { _ in }).user?.role == nil)
        #expect(try await signUp([.role: .string("admin")]) { _ in }.refusal?.code == .validation)
    }

    @Test("A password needs a character of each class that the contract asks for, in any script")
    func classes() async throws {
        let cases: [([PasswordClass], good: [String], bad: [String])] = [
            ([.lower, .upper], ["abcdEFGH", "äbcdÖFGH"], ["abcdefgh", "ABCDEFGH", "12345678!"]),
            ([.letter, .digit], ["abcdefg1", "абвгдеё1", "abcdefg٣"], ["abcdefgh", "12345678"]),
            ([.symbol], ["abcdefg!", "abcdefg€", "abc_defg"], ["abcdefgh1", "abcd efgh"]),
        ]
        for (classes, good, bad) in cases {
            let rule: (inout Terms) -> Void = { $0.password.classes = classes }
            for password in good {
                #expect(try await signUp([.password: .string(password)], rule).output != nil, "\(password)")
            }
            for password in bad {
                #expect(
                    try await signUp([.password: .string(password)], rule).refusal
                        == Refusal(.weakPassword, problems: [InputProblem(.password, .classes)]), "\(password)")
            }
        }
    }

    @Test("A password that only breaks the policy is weak; with anything else wrong the request is invalid")
    func weak() async throws {
        for (password, rule) in [
            ("short", InputRule.min), (String(repeating: "x", count: 129), .max), ("iloveyou", .common),
        ] {
            let refusal = try await signUp([.password: .string(password)]) { _ in }.refusal
            #expect(refusal?.code == .weakPassword && refusal?.problems.map(\.rule) == [rule])
            let both = try await signUp([.password: .string(password), .name: .int(1)]) { _ in }.refusal
            #expect(both?.code == .validation && both?.problems.count == 2)
        }
        let odd = try await signUp([.password: .string("NUL \u{0} inside")]) { _ in }.refusal
        #expect(odd?.code == .validation)
        #expect(try await signUp([.password: .string("")]) { _ in }.refusal?.code == .validation)
        #expect(try await signUp([.password: .int(5)]) { _ in }.refusal?.code == .validation)
    }
}
