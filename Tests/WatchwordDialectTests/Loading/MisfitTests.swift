import Testing
import WatchwordCore
import WatchwordDialect

/// Behind each key of the language, values of every kind that does not belong there.
@Suite("Values of the wrong kind")
struct MisfitTests {
    /// Kinds of values, each by one that no key takes for its own sake.
    private enum Kind: String, CaseIterable {
        case word = "zzzz-nothing"
        case whole = "7000000000000"
        case number = "1.5"
        case flag = "true"
        case nothing = "null"
        case list = "[zzzz-nothing]"
        case listOfNumbers = "[1.5]"
        case mapping = "{zzzz: 1}"
    }

    /// The kinds that a form may hold, told as far as they can be.
    private static func taken(by form: LanguageForm) -> Set<Kind> {
        switch form {
        case .text, .name: [.word]
        // A word is none of the choices, no variable's name, and no lifetime or day.
        case .variable, .choice, .lifetime, .date, .integer: []
        case .flag: [.flag]
        case .literal, .tree, .claims, .source, .conditions: Set(Kind.allCases)
        case .table, .choices: []
        // A bare number is a cookie as a bare text is.
        case .map(let form, _): taken(by: form).isDisjoint(with: [.whole, .word]) ? [] : [.mapping]
        case .oneOrMore(let form):
            taken(by: form).union(taken(by: form).contains(.word) ? [.list] : [])
                .union(taken(by: form).contains(.number) ? [.listOfNumbers] : [])
        case .either(let forms): forms.reduce(into: []) { $0.formUnion(taken(by: $1)) }
        }
    }

    @Test("are refused where they stand", arguments: TableContext.all)
    func misfits(_ context: TableContext) {
        for key in context.table.keys {
            for kind in Kind.allCases where !Self.taken(by: key.form).contains(kind) {
                let members = context.with(key.name, kind.rawValue)
                let (_, mapping, name, place) = context.file(members)
                let errors = context.load(members).diagnostics.filter { $0.severity == .error }
                let isTold = errors.contains {
                    // At the value or in it, or at a key that does not go with those beside it.
                    $0.position.line == place.line && $0.position.column >= place.column
                        || $0.position == name || $0.position == mapping
                }
                #expect(isTold && context.load(members).dialect == nil, "\(key.name): \(kind.rawValue) \(errors)")
            }
        }
    }

    @Test("of a section are refused as well", arguments: Language.file.keys.map(\.name))
    func sections(_ name: String) throws {
        let key = try #require(Language.file.keys.first { $0.name == name })
        for kind in Kind.allCases where !Self.taken(by: key.form).contains(kind) {
            var lines = Tiny.text().split(separator: "\n").map(String.init)
            lines.removeAll { $0.hasPrefix("\(name):") || name == "routes" && $0.hasPrefix("  ") }
            lines.insert("\(name): \(kind.rawValue)", at: 0)
            let errors = Dialect.load(text: lines.joined(separator: "\n"), file: "f") { _ in nil }.diagnostics
            #expect(
                errors.contains { $0.severity == .error && $0.position.line == 1 && $0.position.column > name.count },
                "\(kind.rawValue): \(errors)")
        }
    }
}
