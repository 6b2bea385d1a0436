import Testing
import WatchwordDialect

/// A small generator with a seed, so that a failure can be repeated (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

@Suite("Hostile YAML")
struct YAMLRobustnessTests {
    static let sample = """
        dialect: 1  # comment
        users: {id: uuid, login: [email], fields: {theme: {type: string, default: "dark"}}}
        errors:
          error: {status: 400, body: {error: $error.message}}
        text: |
          one
            two
        list:
          - a: 'x''y'
            b: [1, -2.5, null,
              true]
          - "q\\n\\u00e9"
        """

    @Test("no mutation of a file crashes the reader or keeps it busy", arguments: [1, 2, 3, 4] as [UInt64])
    func mutations(seed: UInt64) {
        var random = SeededGenerator(state: seed)
        let interesting = Array("{}[]:,#'\"|>-?&*!%@\n\r\t \\\u{0}a0".utf8) + [0xC3, 0xA9, 0xFF]
        for round in 0..<1_500 {
            var bytes = Array(Self.sample.utf8)
            for _ in 0...Int.random(in: 0..<6, using: &random) {
                let at = Int.random(in: 0..<bytes.count, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: bytes.remove(at: at)
                case 1: bytes.insert(interesting.randomElement(using: &random) ?? 0, at: at)
                case 2: bytes[at] = interesting.randomElement(using: &random) ?? 0
                default: bytes.insert(contentsOf: bytes[at..<min(at + 20, bytes.count)], at: at)
                }
                if bytes.isEmpty { bytes = [0x7B] }
            }
            let (node, diagnostics) = YAML.read(bytes: bytes, file: "seed \(seed) round \(round)")
            #expect(node != nil || !diagnostics.isEmpty || bytes.allSatisfy { $0 < 0x30 })
        }
    }

    /// Each of these is near the limit of size; a reader that looks back would not come to an end.
    @Test(
        "large hostile files are read in one pass",
        arguments: [
            "a: ", "{", "[", "- ", "? ", "a: {", "[a, ", "{a: b, ", "'", "\"\\", "a:\n", "&a ", "a: |\n ", ": ", "}{",
            "[[]",
            "{a: [", "\n ", "# ", "a b ", ",", "{,", "[{a: ", "*", "x{", "-", "\t",
        ])
    func large(piece: String) {
        let text = String(repeating: piece, count: 500_000 / piece.utf8.count)
        _ = YAML.read(text: text, file: "f")
        var indented = ""
        for level in 0..<1_000 { indented += String(repeating: " ", count: level) + piece + "\n" }
        _ = YAML.read(text: indented, file: "f")
    }
}
