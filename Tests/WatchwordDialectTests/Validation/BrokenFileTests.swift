import Testing
import WatchwordDialect

@Suite("A file broken in many places")
struct BrokenFileTests {
    @Test("all its mistakes are told in one run, in order")
    func broken() throws {
        let text = try Fixture.read("\(Fixture.folder)/broken.yaml")
        let expected = try Fixture.read("\(Fixture.folder)/broken.txt").split(separator: "\n").map(String.init)
        let loading = Dialect.load(text: text, file: "broken.yaml") { _ in nil }
        let isLoaded = loading.dialect != nil
        #expect(!isLoaded)
        #expect(loading.diagnostics.map(\.description) == expected)
    }

    @Test(
        "what is no dialect at all is refused", arguments: ["", "# nothing", "[]", "text", "dialect: 1", "{", "\u{0}"])
    func nothing(text: String) {
        let loading = Dialect.load(text: text, file: "f") { _ in nil }
        let isLoaded = loading.dialect != nil
        #expect(!isLoaded)
        #expect(!loading.diagnostics.isEmpty)
        #expect(loading.diagnostics.allSatisfy { $0.severity == .error })
    }

    @Test("views that grow by doubling are refused and not unfolded")
    func bomb() throws {
        var views = "views:\n  v0: [1, 2]\n"
        for level in 1...40 { views += "  v\(level): [{$view: v\(level - 1)}, {$view: v\(level - 1)}]\n" }
        let text = try MistakeTests.small()
            .split(separator: "\n", omittingEmptySubsequences: false)
            .map { $0 == "views:" ? views.dropLast() : $0[...] }.joined(separator: "\n")
            .replacing("body: {$view: user}", with: "body: {$view: v40}")
        let loading = Dialect.load(text: text, file: "f") { _ in nil }
        #expect(loading.diagnostics.map(\.message) == ["with its views put in, this is over 10000 members"])
    }

    @Test("no mutation of a dialect crashes the checker or keeps it busy", arguments: [11, 12, 13] as [UInt64])
    func mutations(seed: UInt64) throws {
        let small = Array(try MistakeTests.small().utf8)
        let words = [
            "$user", "$view", "{", "}", "[", "]", ": ", ", ", "null", "-1", "register", "$", "|", "\n", "  ", "true",
            "/{id}",
            "${", "access", "api_key", "errors", "path.", "never",
        ].map { Array($0.utf8) }
        var random = SeededGenerator(state: seed)
        for round in 0..<100 {
            var bytes = small
            for _ in 0...Int.random(in: 0..<4, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(at + Int.random(in: 0..<12, using: &random), bytes.count)
                bytes.replaceSubrange(at..<end, with: words.randomElement(using: &random) ?? [])
            }
            let loading = Dialect.load(bytes: bytes, file: "seed \(seed) round \(round)") { _ in nil }
            if loading.dialect == nil { #expect(!loading.diagnostics.isEmpty, "seed \(seed) round \(round)") }
        }
    }
}
