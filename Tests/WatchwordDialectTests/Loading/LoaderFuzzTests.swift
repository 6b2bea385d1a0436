import Testing
import WatchwordCore

@testable import WatchwordDialect

@Suite("Hostile dialect files")
struct LoaderFuzzTests {
    /// What the language is made of: what a mutation puts in.
    private static let words: [[UInt8]] = {
        var words = [
            "{", "}", "[", "]", ": ", ", ", "\n", "\n  ", "\n    - ", "~", "null", "-1", "0", "99999999999999999999",
            "true",
            "$", "$$", "${", "|opt", "|", "\"*\"", "query.", "header.Authorization", "cookie.x", "path.id",
            "basic.username",
            "{value: 1}", "when: {a: b}", "$view", "$if", "$each", "$group", "$user", "$with.mode", "{id}", "never",
            "$takes.access", "first_message: ", "15m", "2027-06-30", "extends: base", "\u{FEFF}", "\t", "\u{0}", "'",
            "\"", "#", "&a", "*a",
        ]
        func collect(_ table: LanguageTable) { words += table.names.map { $0 + ": " } }
        for table in [
            Language.file, Language.route, Language.reply, Language.carrier, Language.users, Language.access,
            Language.refresh, Language.apiKeys, Language.accept, Language.acceptedToken, Language.key,
            Language.socket, Language.socketAuth, Language.socketRefusal, Language.socketLife,
        ] { collect(table) }
        return words.map { Array($0.utf8) }
    }()

    private static func mutated(_ bytes: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...Int.random(in: 0..<5, using: &random) {
            let at = Int.random(in: 0...bytes.count, using: &random)
            let end = min(at + Int.random(in: 0..<20, using: &random), bytes.count)
            if Bool.random(using: &random) {
                bytes.replaceSubrange(at..<end, with: words.randomElement(using: &random) ?? [])
            } else {
                // A piece of the file in another place of it.
                let from = Int.random(in: 0...bytes.count, using: &random)
                let piece = bytes[from..<min(from + Int.random(in: 0..<60, using: &random), bytes.count)]
                bytes.replaceSubrange(at..<end, with: Array(piece))
            }
        }
        return bytes
    }

    /// Reads, and holds what must hold of any reading.
    private func read(_ bytes: [UInt8], _ place: String) {
        let (node, syntax) = YAML.read(bytes: bytes, file: "f")
        var loader = Loader(file: "f", syntax: syntax, environment: { _ in nil }, extending: { _ in bytes })
        loader.run(node)
        // Each byte is looked at a bounded number of times, and views are put in up to a bound.
        #expect(
            loader.work <= 40 * bytes.count + 2 * Loader.largestTrees, "\(place): \(loader.work) for \(bytes.count)")
        let errors = loader.report.sorted(.error)
        let lines = bytes.count { $0 == UInt8(ascii: "\n") } + 1
        #expect(errors.allSatisfy { (1...lines).contains($0.position.line) && $0.position.column >= 1 }, "\(place)")
        guard errors.isEmpty else { return }
        let text = loader.dialect.canonicalJSON
        let again = Dialect.load(text: text, file: "again") { _ in nil }
        #expect(again.dialect == loader.dialect, "\(place): \(again.diagnostics.map(\.description)) in \(text)")
    }

    @Test("mutations of the shipped files are read or refused", arguments: Shipped.names, [21, 22] as [UInt64])
    func mutations(name: String, seed: UInt64) throws {
        let shipped = Array(try Shipped.text(name).utf8)
        var random = SeededGenerator(state: seed)
        for round in 0..<15 { read(Self.mutated(shipped, &random), "\(name) seed \(seed) round \(round)") }
    }

    @Test("so are mutations of a file that uses most of the language", arguments: [31, 32, 33] as [UInt64])
    func small(seed: UInt64) throws {
        let small = try MistakeTests.small()
        var random = SeededGenerator(state: seed)
        for test in try MistakeTests.cases("risks.txt").shuffled(using: &random) {
            let text = small.replacing(test.find, with: test.replace, maxReplacements: 1)
            for round in 0..<3 {
                read(Self.mutated(Array(text.utf8), &random), "\(test.name) seed \(seed) round \(round)")
            }
        }
    }

    @Test("and bytes of any kind", arguments: [41, 42] as [UInt64])
    func bytes(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        for round in 0..<100 {
            let count = Int.random(in: 0..<600, using: &random)
            let isText = Bool.random(using: &random)
            let bytes = (0..<count).map { _ in UInt8.random(in: isText ? 0x20...0x7E : 0...0xFF, using: &random) }
            read(bytes, "seed \(seed) round \(round)")
        }
    }

    @Test("many mistakes, deep nesting and long lists take work in proportion")
    func large() {
        read(Array((0..<20_000).map { "key\($0): 1\n" }.joined().utf8), "keys")
        read(Array(("routes: " + String(repeating: "[", count: 5_000)).utf8), "depth")
        let cases = (0..<3_000).map { "    - {when: {query.a: \($0)}, do: static, reply: {status: 200}}" }
        read(Array(Tiny.text(routes: "GET /x:\n" + cases.joined(separator: "\n")).utf8), "cases")
        let routes = (0..<900).map { "GET /r\($0): {do: static, reply: {status: 200}}" }
        read(Array(Tiny.text(routes: routes.joined(separator: "\n")).utf8), "routes")
    }
}
