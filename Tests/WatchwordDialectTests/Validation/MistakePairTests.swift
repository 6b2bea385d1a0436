import Testing
import WatchwordCore
import WatchwordDialect

/// Any two of the mistakes of `mistakes.txt` in one file, in different sections of it or different routes.
@Suite("Two mistakes in one dialect")
struct MistakePairTests {
    /// One mistake, and the lines of `small.yaml` that it changes.
    private struct Edit {
        var test: MistakeTests.Case
        var lines: ClosedRange<Int>
        var unit: String
        var range: Range<String.Index>
        /// How many lines it adds.
        var growth: Int

        /// Whether all that is said of it is said at its own lines.
        var isLocal: Bool {
            test.expected.allSatisfy {
                (lines.lowerBound...max(lines.upperBound + growth, lines.lowerBound)).contains(place($0).line)
            }
        }

        /// Whether it is a mistake of YAML.
        func isSyntax(in small: String) -> Bool {
            let text = small[..<range.lowerBound] + test.replace + small[range.upperBound...]
            return !YAML.read(text: String(text), file: "f").1.isEmpty
        }
    }

    private static func place(_ message: String) -> (line: Int, rest: Substring) {
        let parts = message.split(separator: ":", maxSplits: 1)
        return (Int(parts[0]) ?? 0, parts[1])
    }

    /// The edits that stay within one section or one route.
    private static func edits(_ small: String) throws -> [Edit] {
        let lines = small.split(separator: "\n", omittingEmptySubsequences: false)
        var units: [String] = []
        for line in lines {
            let isSection = line.first.map { $0 != " " } ?? false
            let isRoute = units.last?.hasPrefix("routes") == true && line.hasPrefix("  ") && !line.hasPrefix("   ")
            let unit = isSection ? String(line.prefix { $0 != ":" }) : isRoute ? "routes \(line)" : units.last ?? ""
            units.append(unit)
        }
        return try MistakeTests.cases("mistakes.txt").compactMap { test in
            guard let range = small.firstRange(of: test.find) else { return nil }
            let first = small[..<range.lowerBound].count { $0 == "\n" }
            let last = first + test.find.count { $0 == "\n" }
            guard Set(units[first...last]).count == 1 else { return nil }
            return Edit(
                test: test, lines: first + 1...last + 1, unit: units[first], range: range,
                growth: test.replace.count { $0 == "\n" } - (last - first))
        }
    }

    /// What is said of one edit alone, as it must be said beside another; no column where the other is on that line.
    private func expected(_ edit: Edit, beside other: Edit) -> [(place: String?, message: String)] {
        edit.test.expected.map { message in
            let (line, rest) = Self.place(message)
            let shift = other.lines.lowerBound > edit.lines.lowerBound ? edit.growth : 0
            let start = other.lines.lowerBound + shift
            let end = other.lines.upperBound + shift
            let words = String(rest.split(separator: " ", maxSplits: 1)[1])
            if line < start { return ("\(line):\(rest.prefix { $0 != ":" })", words) }
            if line > end { return ("\(line + other.growth):\(rest.prefix { $0 != ":" })", words) }
            return (nil, words)
        }
    }

    @Test("are both told, each at its place, those of the earlier section first", arguments: [91, 92, 93] as [UInt64])
    func pairs(seed: UInt64) throws {
        let small = try MistakeTests.small()
        let edits = try Self.edits(small)
        #expect(edits.count > 250)
        var random = SeededGenerator(state: seed)
        var count = 0
        while count < 150 {
            guard let one = edits.randomElement(using: &random), let other = edits.randomElement(using: &random),
                one.unit != other.unit, one.lines.lowerBound < other.lines.lowerBound,
                // A view is read where a reply holds it, which may have a mistake of its own.
                one.unit != "views", other.unit != "views"
            else { continue }
            count += 1
            check(one, other, small)
        }
    }

    private func check(_ one: Edit, _ other: Edit, _ small: String) {
        let text =
            small[..<one.range.lowerBound] + one.test.replace + small[one.range.upperBound..<other.range.lowerBound]
            + other.test.replace + small[other.range.upperBound...]
        let loading = Dialect.load(text: String(text), file: "f") { _ in nil }
        let told = loading.diagnostics.map { ("\($0.position.line):\($0.position.column)", "error: \($0.message)") }
        let pair = "\(one.test.name) and \(other.test.name): \(loading.diagnostics)"
        for (edit, beside) in [(one, other), (other, one)] {
            for (place, message) in expected(edit, beside: beside) {
                #expect(told.contains { $0.1 == message && (place == nil || $0.0 == place) }, "\(pair)")
            }
        }
        // What is no YAML comes first, and sections that are none.
        let comeFirst = [one, other].contains { $0.isSyntax(in: small) || $0.unit == "slash" }
        if one.isLocal, other.isLocal, !comeFirst {
            let lines = loading.diagnostics.map(\.position.line)
            #expect(lines == lines.sorted(), "\(pair)")
        }
    }
}
