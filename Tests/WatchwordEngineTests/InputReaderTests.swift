import Testing
import WatchwordCore

@testable import WatchwordEngine

@Suite("Reading inputs")
struct InputReaderTests {
    private struct Common: CommonPasswords {
        func contains(_ password: Secret) -> Bool { password == Secret("password123") }
    }

    private func problems(
        _ entries: [InputName: Value], bound: [InputName] = [], _ read: (inout InputReader) -> Void
    ) -> [InputProblem] {
        var submission = Submission(entries)
        submission.bound = bound
        var inputs = InputReader(submission)
        read(&inputs)
        return inputs.problems
    }

    private func password(_ value: Value?, _ terms: PasswordTerms = PasswordTerms()) -> [InputProblem] {
        problems(value.map { [.password: $0] } ?? [:]) { _ = $0.newPassword(.password, terms, common: Common()) }
    }

    @Test("Absent, null and empty inputs are missing where one is required, and nothing where not")
    func missing() {
        let absent: [[InputName: Value]] = [[:], [.email: .null], [.email: .string("")]]
        for entries in absent {
            #expect(problems(entries) { _ = $0.requiredEmail() } == [InputProblem(.email, .required)])
            #expect(problems(entries) { _ = $0.email() }.isEmpty)
        }
    }

    @Test("An input of another type is told so, once", arguments: [Value.int(1), .bool(true), .array([]), .object([])])
    func types(_ value: Value) {
        #expect(
            problems([.email: value]) { _ = $0.requiredEmail() }
                == [InputProblem(.email, .type, expected: "string")])
        #expect(password(value) == [InputProblem(.password, .type, expected: "string")])
    }

    @Test("Every problem is told at once, in the order of the inputs")
    func allAtOnce() {
        let found = problems([.email: .string("ann"), .username: .string("a@b"), .password: .string("short")]) {
            _ = $0.requiredEmail()
            _ = $0.requiredUsername()
            _ = $0.newPassword(.password, PasswordTerms(), common: Common())
            _ = $0.requiredText(.name)
        }
        #expect(
            found == [
                InputProblem(.email, .email), InputProblem(.username, .username),
                InputProblem(.password, .min, bound: 8), InputProblem(.name, .required),
            ])
    }

    @Test("Identifiers lose the spaces around them")
    func trimmed() {
        var inputs = InputReader(Submission([.email: .string(" Ann@Example.org\n"), .username: .string(" ann ")]))
        #expect(inputs.email() == "Ann@Example.org")
        #expect(inputs.username() == "ann")
        #expect(inputs.refusal == nil)
    }

    @Test("A password is measured in characters, from its minimum to its maximum")
    func passwordLength() {
        #expect(password(.string("sevench")) == [InputProblem(.password, .min, bound: 8)])
        #expect(password(.string("éightchr")).isEmpty)
        #expect(password(.string(String(repeating: "é", count: 128))).isEmpty)
        #expect(
            password(.string(String(repeating: "e", count: 129))) == [InputProblem(.password, .max, bound: 128)])
        var long = PasswordTerms()
        long.maximum = 2_000
        #expect(password(.string(String(repeating: "e", count: 1_024)), long).isEmpty)
        #expect(
            password(.string(String(repeating: "e", count: 1_025)), long)
                == [InputProblem(.password, .max, bound: 2_000)])
    }

    @Test("A password is taken as typed: spaces, emoji and decomposed letters stay")
    func passwordAsTyped() {
        let typed = " e\u{301} 👩‍👩‍👧 \t "
        var inputs = InputReader(Submission([.password: .string(typed)]))
        #expect(inputs.newPassword(.password, PasswordTerms(), common: Common()) == Secret(typed))
        #expect(inputs.refusal == nil)
    }

    @Test("NUL has no place in a password")
    func passwordNUL() {
        #expect(password(.string("correct\u{0}horse")) == [InputProblem(.password, .characters)])
    }

    @Test("A common password alone is weak; with other mistakes it is one of them; the list can be turned off")
    func commonPassword() {
        var inputs = InputReader(Submission([.password: .string("password123")]))
        _ = inputs.newPassword(.password, PasswordTerms(), common: Common())
        #expect(inputs.refusal == Refusal(.weakPassword, problems: [InputProblem(.password, .common)]))
        _ = inputs.requiredEmail()
        #expect(inputs.refusal?.code == .validation)
        #expect(inputs.refusal?.problems.map(\.rule) == [.common, .required])
        var lenient = PasswordTerms()
        lenient.refuseCommon = false
        #expect(password(.string("password123"), lenient).isEmpty)
    }

    @Test("A confirmation is compared where it was sent, and required where the route has a place for it")
    func confirmation() {
        let original = Secret("correct horse")
        #expect(problems([:]) { $0.repetition(.confirm, of: original) }.isEmpty)
        #expect(
            problems([:], bound: [.confirm]) { $0.repetition(.confirm, of: original) }
                == [InputProblem(.confirm, .required)])
        #expect(
            problems([.confirm: .string("correct Horse")]) { $0.repetition(.confirm, of: original) }
                == [InputProblem(.confirm, .mismatch)])
        #expect(problems([.confirm: .string("correct horse")]) { $0.repetition(.confirm, of: original) }.isEmpty)
    }

    @Test("A line of text is bounded and has no control characters")
    func text() {
        #expect(problems([.name: .string("Zoë 👩‍🚀")]) { _ = $0.text(.name) }.isEmpty)
        #expect(problems([.name: .string("a\u{0}b")]) { _ = $0.text(.name) } == [InputProblem(.name, .characters)])
        #expect(problems([.name: .string("a\nb")]) { _ = $0.text(.name) } == [InputProblem(.name, .characters)])
        let long = String(repeating: "n", count: 257)
        #expect(
            problems([.name: .string(long)]) { _ = $0.text(.name) } == [InputProblem(.name, .max, bound: 256)])
        let heavy = "n" + String(repeating: "\u{301}", count: 600)
        #expect(
            problems([.name: .string(heavy)]) { _ = $0.text(.name, maximum: 10_000) }
                == [InputProblem(.name, .max, bound: 10_000)])
    }

    @Test("Typed extras keep their types and bounds, and have their initial value when absent")
    func fields() {
        let theme = FieldTerms(name: "theme", type: .string, initial: .string("dark"), maximum: 10)
        let age = FieldTerms(name: "age", type: .int)
        let news = FieldTerms(name: "news", type: .bool, initial: .bool(false))
        let extra = FieldTerms(name: "extra", type: .json)
        var inputs = InputReader(
            Submission([
                .field("age"): .int(7), .field("news"): .bool(true), .field("extra"): .array([.int(1)]),
            ]))
        #expect(inputs.field(theme) == .string("dark"))
        #expect(inputs.field(age) == .int(7))
        #expect(inputs.field(news) == .bool(true))
        #expect(inputs.field(extra) == .array([.int(1)]))
        #expect(inputs.problems.isEmpty)

        inputs = InputReader(
            Submission([
                .field("theme"): .int(1), .field("age"): .string("7"), .field("news"): .int(1),
            ]))
        #expect(inputs.field(theme) == .string("dark"))
        _ = inputs.field(age)
        _ = inputs.field(news)
        #expect(
            inputs.problems == [
                InputProblem(.field("theme"), .type, expected: "string"),
                InputProblem(.field("age"), .type, expected: "integer"),
                InputProblem(.field("news"), .type, expected: "boolean"),
            ])

        inputs = InputReader(Submission([.field("theme"): .string("eleven char")]))
        _ = inputs.field(theme)
        #expect(inputs.problems == [InputProblem(.field("theme"), .max, bound: 10)])
        inputs = InputReader(Submission([.field("theme"): .string("a\u{0}")]))
        _ = inputs.field(theme)
        #expect(inputs.problems == [InputProblem(.field("theme"), .characters)])
    }

    @Test("A number may be written as text, as in a query, and has its range")
    func numbers() {
        func read(_ value: Value?) -> (Int64, [InputProblem]) {
            var inputs = InputReader(Submission(value.map { [.limit: $0] } ?? [:]))
            return (inputs.number(.limit, in: 1...100, initial: 20), inputs.problems)
        }
        #expect(read(nil) == (20, []))
        #expect(read(.null) == (20, []))
        #expect(read(.string("")) == (20, []))
        #expect(read(.int(7)) == (7, []))
        #expect(read(.string("7")) == (7, []))
        #expect(read(.string("seven")).1 == [InputProblem(.limit, .type, expected: "integer")])
        #expect(read(.string("99999999999999999999")).1 == [InputProblem(.limit, .type, expected: "integer")])
        #expect(read(.bool(true)).1 == [InputProblem(.limit, .type, expected: "integer")])
        #expect(read(.int(0)).1 == [InputProblem(.limit, .min, bound: 1)])
        #expect(read(.int(101)).1 == [InputProblem(.limit, .max, bound: 100)])
    }
}
