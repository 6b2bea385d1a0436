import Testing
import WatchwordCore
import WatchwordDialect

@Suite("Data written as YAML")
struct YAMLRoundTripTests {
    @Test("is read back as it was, in whatever way it was written", arguments: [51, 52, 53, 54] as [UInt64])
    func roundTrip(seed: UInt64) {
        var writer = YAMLWriter(seed: seed)
        for round in 0..<250 {
            let value = writer.value(depth: 4)
            let text = writer.document(value)
            let (node, diagnostics) = YAML.read(text: text, file: "f")
            #expect(diagnostics.isEmpty, "seed \(seed) round \(round): \(diagnostics) in \(text.debugDescription)")
            #expect(node?.value == value, "seed \(seed) round \(round): \(text.debugDescription)")
        }
    }

    /// The character at a place.
    private func character(_ place: SourcePosition, _ lines: [[Unicode.Scalar]]) -> Unicode.Scalar? {
        guard lines.indices.contains(place.line - 1) else { return nil }
        let line = lines[place.line - 1]
        return line.indices.contains(place.column - 1) ? line[place.column - 1] : nil
    }

    @Test("stands where its nodes say it does", arguments: [61, 62, 63] as [UInt64])
    func places(seed: UInt64) {
        var writer = YAMLWriter(seed: seed)
        for round in 0..<200 {
            let text = writer.document(writer.value(depth: 4))
            let lines = text.unicodeScalars.split(separator: "\n", omittingEmptySubsequences: false).map(Array.init)
            let (node, _) = YAML.read(text: text, file: "f")
            guard let node else { continue }
            check(node, lines, "seed \(seed) round \(round): \(text.debugDescription)")
        }
    }

    private func check(_ node: Node, _ lines: [[Unicode.Scalar]], _ place: String) {
        let first = character(node.position, lines)
        switch node.content {
        case .scalar(.string(let text)):
            #expect(first == text.unicodeScalars.first || "'\"|".unicodeScalars.contains(first ?? "?"), "\(place)")
        case .scalar(let value):
            #expect(first == JSON.text(value).unicodeScalars.first || first == "~" && value == .null, "\(place)")
        case .sequence(let items):
            #expect(first == "[" || first == "-", "\(place)")
            for item in items { check(item, lines, place) }
        case .mapping(let entries):
            #expect(first == "{" || node.position == entries.first?.position, "\(place)")
            for entry in entries {
                let first = character(entry.position, lines)
                #expect(
                    first == entry.key.unicodeScalars.first || "'\"".unicodeScalars.contains(first ?? "?"), "\(place)")
                check(entry.value, lines, place)
            }
        case .unreadable: Issue.record("\(place)")
        }
    }

    @Test("broken anywhere, is told at a place within it, in order", arguments: [71, 72, 73] as [UInt64])
    func broken(seed: UInt64) {
        var writer = YAMLWriter(seed: seed)
        let marks = Array("{}[]:,#'\"|>-?&*!%@\n\r\t \\a0".utf8) + [0xC3, 0xFF, 0x00, 0x7F]
        for round in 0..<300 {
            var bytes = Array(writer.document(writer.value(depth: 3)).utf8)
            for _ in 0...Int.random(in: 0..<4, using: &writer.random) {
                let at = Int.random(in: 0...bytes.count, using: &writer.random)
                bytes.insert(marks.randomElement(using: &writer.random) ?? 0, at: at)
            }
            let (node, diagnostics) = YAML.read(bytes: bytes, file: "f")
            let place = "seed \(seed) round \(round): \(String(decoding: bytes, as: UTF8.self).debugDescription)"
            #expect(diagnostics.allSatisfy { $0.position.isWithin(bytes[...]) }, "\(diagnostics) \(place)")
            #expect(diagnostics.map(\.position) == diagnostics.map(\.position).sorted(), "\(diagnostics) \(place)")
            node?.visit { #expect($0.isWithin(bytes[...]), "\($0) \(place)") }
            if diagnostics.isEmpty { node.map { #expect(Self.isReadable($0), "\(place)") } }
        }
    }

    /// Whether nothing in it is unreadable: what is, is told.
    private static func isReadable(_ node: Node) -> Bool {
        !node.isUnreadable && (node.items ?? []).allSatisfy(isReadable)
            && (node.entries ?? []).allSatisfy { isReadable($0.value) }
    }
}
