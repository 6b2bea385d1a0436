import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordServer

@testable import WatchwordCommands

@Suite("What an operator sets of an account")
struct AssignmentTests {
    static let terms: AccountTerms = {
        var terms = AccountTerms()
        terms.fields = [
            FieldTerms(name: "plan", type: .string), FieldTerms(name: "seats", type: .int),
            FieldTerms(name: "beta", type: .bool), FieldTerms(name: "tags", type: .json),
        ]
        return terms
    }()

    @Test(
        "each thing is read by its type",
        arguments: [
            ("email=ada@example.com", .email("ada@example.com")), ("email=", .email(nil)), ("name=A=B", .name("A=B")),
            ("verified=true", .verified(true)), ("usage_count=5", .usageCount(5)), ("usage_limit=", .usageLimit(nil)),
            ("role=admin", .role("admin")), ("plan=pro", .field("plan", .string("pro"))),
            ("plan=", .field("plan", .string(""))), ("plan=null", .field("plan", .null)),
            ("seats=-3", .field("seats", .int(-3))), ("beta=false", .field("beta", .bool(false))),
            ("tags=[1]", .field("tags", .array([.int(1)]))),
        ] as [(String, AccountChange)])
    func understood(written: String, change: AccountChange) throws {
        #expect(try Assignment(written).change(Self.terms) == change)
    }

    @Test(
        "what is not of the type, or not there, is said",
        arguments: ["", "=x", "email", "verified=yes", "seats=many", "seats=1.5", "tags={", "nothing=1"])
    func refused(written: String) {
        #expect(throws: StartFailure.self) { _ = try Assignment(written).change(Self.terms) }
    }

    @Test("fields of a new account are the dialect's only")
    func fields() throws {
        #expect(
            try Assignment.fields(["plan=pro", "seats=2"], Self.terms) == ["plan": .string("pro"), "seats": .int(2)])
        #expect(throws: StartFailure.self) { _ = try Assignment.fields(["role=admin"], Self.terms) }
    }
}

@Suite("What commands print")
struct PrintingTests {
    @Test("JSON for people loads as the same value")
    func indented() throws {
        let value = Value.object([
            Value.Member("a", .array([])), Value.Member("b\"", .array([.int(1), .object([Value.Member("c", .null)])])),
            Value.Member("d", .object([])),
        ])
        let text = JSON.indented(value)
        #expect(try JSON.parse(Array(text.utf8)).get() == value)
        #expect(text.split(separator: "\n").count == 10)
    }

    @Test("what strangers typed cannot move the terminal's cursor")
    func controlCharacters() {
        #expect(Text.safe("a\u{1B}[2Jb\n") == "a\u{FFFD}[2Jb\u{FFFD}")
        #expect(Text.of(.string("\u{202E}x")) == "\u{FFFD}x")
        #expect(Text.of(Value.null) == "-")
    }

    @Test("a table's columns are as wide as they need, and no line ends in a space")
    func table() {
        #expect(TextTable.lines([["id", "name"], ["1", ""], ["100", "x"]]) == ["id   name", "1", "100  x"])
    }
}
