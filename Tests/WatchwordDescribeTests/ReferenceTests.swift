import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

@Suite("The reference of the language")
struct ReferenceTests {
    @Test("the examples of the sections are one dialect")
    func examples() throws {
        let dialect = try dialect(LanguageExamples.file)
        #expect(dialect.name == "shop")
        #expect(dialect.routes.count == 11)
        _ = try WatchwordDescribeTests.dialect(LanguageExamples.small)
    }

    @Test("what stands in no example of the one dialect loads in it", arguments: LanguageExamples.others.map(\.name))
    func others(name: String) throws {
        let text = try #require(LanguageExamples.others.first { $0.name == name }?.text)
        _ = try dialect(LanguageExamples.file + text + "\n")
    }

    @Test("every section has an example or says what it is for, and every table is printed")
    func complete() {
        let page = LanguagePage.markdown
        for key in Language.file.keys {
            #expect(page.contains("\n### \(key.name)\n"))
            let known = (LanguageExamples.sections + LanguageExamples.others).map(\.name)
            #expect(known.contains(key.name) || key.name == "extends", "\(key.name) has no example")
        }
        for table in [Language.users, Language.carrier, Language.reply, Language.apiKeys, Language.rotation] {
            for key in table.keys { #expect(page.contains("| `\(key.name)` |"), "\(table.place) \(key.name)") }
        }
        for operation in Operation.allCases { #expect(page.contains("| `\(operation.rawValue)`")) }
        for code in RefusalCode.allCases { #expect(page.contains(" \(code.rawValue)\n") || code == .error) }
        for filter in Filter.allCases { #expect(page.contains("| `\(filter.rawValue)` |")) }
        for rule in InputRule.allCases { #expect(page.contains("| `\(rule.rawValue)` |")) }
    }

    @Test("a page of a dialect names every route, variable and refusal of it", arguments: shipped)
    func pages(name: String) throws {
        let dialect = try shippedDialect(name)
        let page = DialectPage(dialect, notes: ["mind the gap"]).markdown
        for route in dialect.routes { #expect(page.contains("`\(route.method) \(route.pathText)`")) }
        for variable in dialect.environmentNames { #expect(page.contains("`\(variable)`")) }
        for code in dialect.errors.keys { #expect(page.contains("| `\(code.rawValue)` |")) }
        if let name = dialect.pages?.name { #expect(page.contains("| Hosted pages | \(name)")) }
        for path in [dialect.terms.verify?.linkPath, dialect.terms.reset?.linkPath] {
            #expect(path.map { page.contains("link to `\($0)`") } ?? true)
        }
        #expect(page.contains("- mind the gap"))
    }
}

@Suite("The JSON Schema of dialect files")
struct SchemaTests {
    private let schema = DialectSchema.document

    @Test("it knows every section, and requires what the loader requires unless another is extended")
    func sections() {
        for key in Language.file.keys { #expect(schema["properties"]?[key.name] != nil) }
        #expect(schema["additionalProperties"] == .bool(false))
        #expect(schema["required"] == nil)
        let required = Language.file.keys.filter(\.isRequired).map { Value.string($0.name) }
        #expect(schema["then"]?["required"] == .array(required))
    }

    @Test("every reference leads somewhere")
    func references() {
        func names(_ value: Value) -> [String] {
            switch value {
            case .object(let members):
                members.flatMap { member in
                    if member.name == "$ref", let text = member.value.string { [text] } else { names(member.value) }
                }
            case .array(let items): items.flatMap(names)
            default: []
            }
        }
        let wanted = Set(names(schema))
        #expect(!wanted.isEmpty)
        for name in wanted { #expect(schema["$defs"]?[String(name.dropFirst("#/$defs/".count))] != nil, "\(name)") }
    }
}
