/// A place in a word where a value is put in, `{{site.name}}`, or what was meant to be one.
struct WordPlace: Equatable {
    /// What mustache would read as more than a value: `#`, `>`, `{` and the like.
    var sigil: Unicode.Scalar?
    var name: String
    /// Scalars of the text before it.
    var offset: Int
    var isClosed: Bool

    static func all(in text: String) -> [WordPlace] {
        let scalars = Array(text.unicodeScalars)
        var places: [WordPlace] = []
        var index = 0
        while index + 1 < scalars.count {
            guard scalars[index] == "{", scalars[index + 1] == "{" else {
                index += 1
                continue
            }
            let start = index
            index += 2
            let inside = scalars[index...]
            let end = inside.indices.first { $0 + 1 < scalars.count && scalars[$0] == "}" && scalars[$0 + 1] == "}" }
            var name = inside.prefix(upTo: end ?? scalars.count).filter { $0 != " " }
            let sigil = name.first.flatMap { "#^/><$!=%&{*".unicodeScalars.contains($0) ? $0 : nil }
            if sigil != nil { name.removeFirst() }
            places.append(
                WordPlace(
                    sigil: sigil, name: String(String.UnicodeScalarView(name)), offset: start, isClosed: end != nil))
            index = end.map { $0 + 2 } ?? scalars.count
        }
        return places
    }

    /// Whether a text says nothing but what is put in: all its letters are in its places.
    static func isFilling(_ text: String) -> Bool {
        func letters(_ text: String) -> Int { text.count { $0.isLetter } }
        return letters(text) == all(in: text).map { letters($0.name) }.reduce(0, +)
    }
}
