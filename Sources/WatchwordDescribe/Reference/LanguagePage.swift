import WatchwordCore
import WatchwordDialect

/// The language as a page of Markdown, made from the tables that the loader reads by, the operations' signatures and
/// the words of replies.
public enum LanguagePage {
    public static let markdown: String = {
        var lines = [
            LanguageProse.introduction, "", "```yaml", LanguageExamples.small, "```", "", LanguageProse.file, "",
        ]
        lines += ["## Sections", "", LanguageProse.sections, ""]
        lines += Markdown.table(
            ["Section", "", "Holds"],
            Language.file.keys.map { key in
                ["[`\(key.name)`](#\(key.name))", key.isRequired ? "required" : "", key.meaning]
            })
        for key in Language.file.keys { lines += section(key) }
        lines += replies
        lines += operations
        lines += refusals
        lines += [LanguageProse.checking]
        return lines.joined(separator: "\n") + "\n"
    }()

    // MARK: Sections

    private static func section(_ key: LanguageKey) -> [String] {
        var lines = ["", "### \(key.name)", "", sentence(key), ""]
        var tables: [LanguageTable] = []
        collect(key.form, &tables)
        for table in tables {
            let place = table.place.replacing("*", with: "NAME")
            if tables.count > 1 || table.place != key.name { lines += ["`\(place)`", ""] }
            lines += Markdown.table(
                ["Key", "Value", "If not written", "Means"],
                table.keys.map { ["`\($0.name)`", words($0.form), standing($0), $0.meaning] })
            lines.append("")
        }
        if let text = LanguageProse.sections(key.name) { lines += [text, ""] }
        if let example = LanguageExamples.text(of: key.name) { lines += ["```yaml", example, "```", ""] }
        while lines.last == "" { lines.removeLast() }
        return lines
    }

    private static func sentence(_ key: LanguageKey) -> String {
        var text = key.meaning + "."
        switch key.form {
        case .table: break
        default: text += " \(capitalised(words(key.form)))."
        }
        if let standing = key.standing { text += " `\(standing)` if not written." }
        return text
    }

    private static func standing(_ key: LanguageKey) -> String {
        key.isRequired ? "must be written" : key.standing.map { "`\($0)`" } ?? ""
    }

    /// Every table that a form leads to, each once, the nearer before the farther. Replies have a part of their own.
    private static func collect(_ form: LanguageForm, _ tables: inout [LanguageTable]) {
        switch form {
        case .table(let table):
            guard table.place != Language.reply.place, !tables.contains(where: { $0.place == table.place }) else {
                return
            }
            tables.append(table)
            for key in table.keys { collect(key.form, &tables) }
        case .map(let form, _), .choices(let form, _), .oneOrMore(let form): collect(form, &tables)
        case .either(let forms): for form in forms { collect(form, &tables) }
        case .source:
            if !tables.contains(where: { $0.place == Language.source.place }) { tables.append(Language.source) }
        case .conditions:
            if !tables.contains(where: { $0.place == Language.presence.place }) { tables.append(Language.presence) }
        default: break
        }
    }

    static func words(_ form: LanguageForm) -> String {
        switch form {
        case .text: "text"
        case .name: "a name"
        case .variable: "the name of a variable"
        case .integer(let range):
            range.lowerBound == range.upperBound
                ? "`\(range.lowerBound)`" : "\(range.lowerBound) to \(range.upperBound)"
        case .flag: "`true` or `false`"
        case .lifetime(let orNever): "a [lifetime](#the-file)" + (orNever ? " or `never`" : "")
        case .date: "a date"
        case .choice(let words): words.map { "`\($0)`" }.joined(separator: ", ")
        case .literal: "any value"
        case .tree: "a [tree](#trees)"
        case .claims: "a tree of claims"
        case .source: "a source"
        case .conditions: "conditions"
        case .table(let table): table.place == Language.reply.place ? "a [reply](#replies)" : "a mapping"
        case .map(let form, let noun): "a mapping of each \(noun) to \(words(form))"
        case .choices(let form, _): "a mapping of any of them to \(words(form))"
        case .oneOrMore(let form): "\(words(form)); or a list"
        case .either(let forms):
            forms.map(words).reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
                .joined(separator: ", or ")
        }
    }

    // MARK: Replies

    private static var replies: [String] {
        var lines = ["", "## Replies", "", LanguageProse.replies, ""]
        var tables: [LanguageTable] = [Language.reply]
        for key in Language.reply.keys { collect(key.form, &tables) }
        for table in tables {
            if table.place != Language.reply.place { lines += ["`\(table.place.replacing("*", with: "NAME"))`", ""] }
            lines += Markdown.table(
                ["Key", "Value", "If not written", "Means"],
                table.keys.map { ["`\($0.name)`", words($0.form), standing($0), $0.meaning] })
            lines.append("")
        }
        lines += ["## Trees", "", LanguageProse.trees, "", "## Names in a tree", "", LanguageProse.names, ""]
        for table in SlotTable.all {
            lines += ["\(table.title):", ""]
            lines += Markdown.table(["Name", "Is"], table.rows.map { ["`\($0.name)`", $0.meaning] })
            lines.append("")
        }
        lines += ["## Filters", "", LanguageProse.filters, ""]
        lines += Markdown.table(["Filter", "Writes"], Filter.allCases.map { ["`\($0.rawValue)`", $0.meaning] })
        return lines
    }

    // MARK: Operations

    private static var operations: [String] {
        var lines = ["", "## Operations", "", LanguageProse.operations, ""]
        lines += Markdown.table(
            ["Operation", "Does", "Inputs", "Gives", "Can end in"],
            Operation.allCases.map { operation in
                let signature = operation.signature
                let name = "`\(operation.rawValue)`" + (signature.acts ? " †" : "")
                return [
                    name, operation.meaning, inputs(signature, operation), outputs(signature),
                    signature.refusals.map { "`\($0.rawValue)`" }.joined(separator: " "),
                ]
            })
        lines += ["", "## Inputs", ""]
        lines += Markdown.table(
            ["Input", "Is"],
            InputName.named.map { ["`\($0.text)`" + ($0.isSecret ? " (secret)" : ""), $0.meaning] }
                + [["`fields.NAME`", "One of `users.fields`"]])
        lines += ["", "## Rules", "", LanguageProse.rules, ""]
        lines += Markdown.table(["Rule", "Broken by"], InputRule.allCases.map { ["`\($0.rawValue)`", $0.meaning] })
        return lines
    }

    private static func inputs(_ signature: OperationSignature, _ operation: Operation) -> String {
        var parts = signature.required.map { "`\($0.text)`*" }
        if operation == .signUp { parts.append("what `users.require` lists*") }
        if !signature.oneOf.isEmpty {
            parts.append("one of " + signature.oneOf.map { "`\($0.text)`" }.joined(separator: " ") + "*")
        }
        parts += signature.optional.filter { !signature.oneOf.contains($0) }.map { "`\($0.text)`" }
        if signature.takesFields { parts.append("`fields.NAME`") }
        return parts.joined(separator: " ")
    }

    private static func outputs(_ signature: OperationSignature) -> String {
        OutputName.allCases.filter(signature.outputs.contains).map { output in
            output == .paging ? "the names beside a list" : "`$\(output.rawValue)`"
        }.joined(separator: " ")
    }

    // MARK: Refusals

    private static var refusals: [String] {
        var lines = ["", "## Refusals", "", LanguageProse.refusals, "", "```"]
        func add(_ code: RefusalCode, _ level: Int) {
            lines.append(String(repeating: "  ", count: level) + code.rawValue)
            for child in RefusalCode.allCases where child.parent == code { add(child, level + 1) }
        }
        add(.error, 0)
        let everywhere = OperationSignature.everywhere.map { "`\($0.rawValue)`" }.joined(separator: " ")
        let authentication = OperationSignature.authentication.map { "`\($0.rawValue)`" }.joined(separator: " ")
        return lines + [
            "```", "",
            "Any request can end in \(everywhere); one to a route with `auth:` in \(authentication) as well.", "",
        ]
    }

    private static func capitalised(_ text: String) -> String { text.prefix(1).uppercased() + text.dropFirst() }
}
