/// The tags of a template's text, found without understanding it: what they are, what they name, where they stand.
struct TemplateTag: Equatable {
    /// `#`, `^`, `/`, `>`, `<`, `$`, `!`, `=`, `%`, `&`, `{`; nothing for a value.
    var sigil: Character?
    var name: String
    /// Both from 1.
    var line: Int
    var column: Int

    static func all(in text: String) -> [TemplateTag] {
        var tags: [TemplateTag] = []
        for (index, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            var rest = line[...]
            while let open = rest.firstRange(of: "{{") {
                let inside = rest[open.upperBound...]
                let end = inside.firstRange(of: "}}")?.lowerBound ?? inside.endIndex
                var name = inside[..<end].filter { $0 != " " }
                let sigil = name.first.flatMap { "#^/><$!=%&{".contains($0) ? $0 : nil }
                if sigil != nil { name.removeFirst() }
                let column = line.distance(from: line.startIndex, to: open.lowerBound) + 1
                tags.append(TemplateTag(sigil: sigil, name: name, line: index + 1, column: column))
                rest = line[end...].dropFirst(2)
            }
        }
        return tags
    }
}
