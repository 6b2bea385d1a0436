import Testing
import WatchwordCore
import WatchwordDialect

/// What the tables of the language say of each key is what the loader does: the reference is printed from them.
@Suite("What the language's tables promise")
struct TableLoadingTests {
    /// Standing values that are words for what happens, and not what would be written.
    private static let words: Set = ["everything that can", "any of them"]
    /// What holds is decided where the answer is written, so that the file's silence is kept.
    private static let elsewhere: Set = ["sockets.*.refused.close"]

    @Test("a file of what a table needs and no more is sound", arguments: TableContext.all)
    func base(_ context: TableContext) {
        let loading = context.load(context.base)
        #expect(loading.dialect != nil, "\(loading.diagnostics)")
    }

    private func standing(_ context: TableContext) -> [(key: LanguageKey, value: String)] {
        context.table.keys.compactMap { key in
            guard let value = key.standing, !Self.words.contains(value),
                !Self.elsewhere.contains("\(context.table.place).\(key.name)"),
                !context.base.contains(where: { $0.0 == "kind" && $0.1 == "jwt" }) || key.name == "closed",
                context.base.contains(where: { $0.1 == "jwt" }) || key.name != "closed"
            else { return nil }
            return (key, value)
        }
    }

    @Test("a default is what holds where nothing is written", arguments: TableContext.all)
    func defaults(_ context: TableContext) throws {
        let silent = try #require(context.load(context.base).dialect)
        for (key, value) in standing(context) {
            let written = context.load(context.with(key.name, value))
            #expect(written.dialect == silent, "\(key.name): \(value), \(written.diagnostics)")
        }
    }

    @Test("anything but the default is something else", arguments: TableContext.all)
    func others(_ context: TableContext) throws {
        let silent = try #require(context.load(context.base).dialect)
        for (key, value) in standing(context) {
            guard let other = context.others[key.name] ?? Self.other(key.form, than: value) else { continue }
            let written = context.load(context.with(key.name, other))
            #expect(
                written.dialect != nil && written.dialect != silent, "\(key.name): \(other), \(written.diagnostics)")
        }
    }

    private static func other(_ form: LanguageForm, than value: String) -> String? {
        switch form {
        case .flag: value == "true" ? "false" : "true"
        case .choice(let words): words.first { $0 != value }
        case .integer: Int(value).map { String($0 + 1) }
        case .lifetime: "2h"
        case .text: value.hasPrefix("/") ? "/other" : "other"
        case .name: "other"
        case .either(let forms): forms.lazy.compactMap { other($0, than: value) }.first
        default: nil
        }
    }

    @Test("what must be written is missed at its mapping, and nothing else is", arguments: TableContext.all)
    func required(_ context: TableContext) {
        for key in context.table.keys where key.isRequired {
            let members = context.base.filter { $0.0 != key.name }
            let place = context.file(members).mapping
            let errors = context.load(members).diagnostics.filter { $0.severity == .error }
            let about = errors.filter { $0.message.contains("needs `\(key.name)") }
            #expect(about.map(\.position) == [place], "\(key.name): \(errors)")
            #expect(errors.count == 1, "\(key.name): \(errors)")
        }
    }

    @Test("a section that must be there is missed at the file's start")
    func sections() {
        let text = Tiny.text()
        for key in Language.file.keys where key.isRequired {
            let lines = text.split(separator: "\n")
            let kept = lines.filter { !$0.hasPrefix("\(key.name):") && !(key.name == "routes" && $0.hasPrefix("  ")) }
            let errors = Dialect.load(text: kept.joined(separator: "\n"), file: "f") { _ in nil }.diagnostics
            #expect(
                errors.filter { $0.severity == .error }.map(\.description)
                    == ["f:1:1: error: there is no `\(key.name):` section"])
        }
    }

    @Test("an unknown key is told at its place, and nothing else is", arguments: TableContext.all)
    func unknown(_ context: TableContext) {
        let members = context.base + [("zzzz_unknown", "1")]
        let errors = context.load(members).diagnostics.filter { $0.severity == .error }
        #expect(
            errors.map(\.description) == [
                Diagnostic(
                    file: "f", position: context.file(members).key, severity: .error,
                    message: "unknown \(context.table.noun) `zzzz_unknown`"
                ).description
            ])
    }

    @Test("a misspelt key is told with the one that was meant", arguments: TableContext.all)
    func misspelt(_ context: TableContext) {
        for name in context.table.names where name.count >= 4 {
            let written = name + String(name.suffix(1))
            let members = context.base.filter { $0.0 != name } + [(written, "1")]
            let place = context.file(members).key
            let messages = context.load(members).diagnostics.filter { $0.position == place }.map(\.message)
            #expect(messages == ["unknown \(context.table.noun) `\(written)` (did you mean `\(name)`?)"])
        }
    }
}
