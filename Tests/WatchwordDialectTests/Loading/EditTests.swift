import Testing
import WatchwordCore
import WatchwordDialect

/// What a slip of the finger does to a sound file.
@Suite("Slips in a sound dialect")
struct EditTests {
    private static let keys = Array("aZ09 :,-#'\"{}[]|>$./\n\t&*!?~é".unicodeScalars)

    /// One character taken out, put in, changed, or two of them turned round.
    private static func slip(_ text: [Unicode.Scalar], _ random: inout SeededGenerator) -> [Unicode.Scalar] {
        var text = text
        let at = Int.random(in: 0..<text.count - 1, using: &random)
        let key = keys.randomElement(using: &random) ?? "x"
        switch Int.random(in: 0..<4, using: &random) {
        case 0: text.remove(at: at)
        case 1: text.insert(key, at: at)
        case 2: text[at] = key
        default: text.swapAt(at, at + 1)
        }
        return text
    }

    /// Loads, or says what is wrong at places in the file, each once, and in words.
    private func check(_ scalars: [Unicode.Scalar], _ place: String) {
        var text = String.UnicodeScalarView()
        text.append(contentsOf: scalars)
        let bytes = Array(String(text).utf8)
        let loading = Dialect.load(bytes: bytes, file: "f") { _ in nil }
        let diagnostics = loading.diagnostics
        #expect(loading.dialect != nil || !diagnostics.isEmpty, "\(place)")
        #expect(Set(diagnostics).count == diagnostics.count, "\(place): \(diagnostics)")
        for diagnostic in diagnostics {
            #expect(diagnostic.file == "f" && diagnostic.position.file == 0, "\(place): \(diagnostic)")
            #expect(diagnostic.position.isWithin(bytes[...]), "\(place): \(diagnostic)")
            #expect(diagnostic.message.count > 8 && !diagnostic.message.contains("Optional("), "\(place)")
            #expect(diagnostic.severity == (loading.dialect == nil ? .error : .note), "\(place): \(diagnostic)")
        }
        guard let dialect = loading.dialect else { return }
        let again = Dialect.load(text: dialect.canonicalJSON, file: "again") { _ in nil }
        #expect(again.dialect == dialect, "\(place): \(again.diagnostics)")
    }

    @Test("load, or are told at their place", arguments: Shipped.names, [81, 82] as [UInt64])
    func shipped(name: String, seed: UInt64) throws {
        let text = Array(try Shipped.text(name).unicodeScalars)
        var random = SeededGenerator(state: seed)
        for round in 0..<60 { check(Self.slip(text, &random), "\(name) seed \(seed) round \(round)") }
    }

    @Test("and in a file that uses most of the language", arguments: [83, 84, 85] as [UInt64])
    func small(seed: UInt64) throws {
        let text = Array(try MistakeTests.small().unicodeScalars)
        var random = SeededGenerator(state: seed)
        for round in 0..<200 { check(Self.slip(text, &random), "seed \(seed) round \(round)") }
    }

    @Test(
        "a line taken out, doubled or moved in is told, or leaves another sound file", arguments: [86, 87] as [UInt64])
    func lines(seed: UInt64) throws {
        let lines = try MistakeTests.small().split(separator: "\n", omittingEmptySubsequences: false)
        var random = SeededGenerator(state: seed)
        for round in 0..<100 {
            var edited = lines
            let at = Int.random(in: 0..<edited.count, using: &random)
            switch round % 4 {
            case 0: edited.remove(at: at)
            case 1: edited.insert(edited[at], at: at)
            case 2: edited[at] = "  " + edited[at]
            default: edited[at] = edited[at].drop { $0 == " " }
            }
            check(Array(edited.joined(separator: "\n").unicodeScalars), "seed \(seed) round \(round)")
        }
    }
}
