import Testing
import WatchwordCore
import WatchwordDialect

@Suite("The reference of the language")
struct ReferenceTests {
    @Test("names everything that a dialect can write")
    func complete() throws {
        let text = try Fixture.read("\(Shipped.root)/docs/reference/dialect-language.md")
        let words = Set(text.split { !($0.isLetter || $0.isNumber || $0 == "_") }.map(String.init))
        var names = Operation.allCases.map(\.rawValue) + RefusalCode.allCases.map(\.rawValue)
        names += InputRule.allCases.map(\.rawValue) + Filter.allCases.map(\.rawValue)
        // A part of a list has its members by themselves.
        names += OutputName.allCases.filter { $0 != .paging }.map(\.rawValue) + Slot.AccountMember.standing.map(\.text)
        names += Slot.KeyMember.allCases.map(\.rawValue) + Slot.AgentMember.allCases.map(\.rawValue)
        names += Slot.ProblemMember.allCases.map(\.rawValue) + Slot.ErrorMember.allCases.map(\.rawValue)
        names += Slot.TokenMember.allCases.map(\.rawValue) + Slot.SessionMember.allCases.map(\.rawValue)
        names += TextEncoding.allCases.map(\.rawValue) + SigningAlgorithm.allCases.map(\.rawValue)
        names += Socket.Operation.allCases.map(\.rawValue) + FieldType.allCases.map(\.rawValue)
        for operation in Operation.allCases {
            names += (operation.signature.required + operation.signature.optional).map(\.text)
        }
        let (node, _) = YAML.read(text: try MistakeTests.small(), file: "small.yaml")
        for entry in node?.entries ?? [] { names.append(entry.key) }
        let missing = Set(names).subtracting(words).sorted()
        #expect(missing.isEmpty, "not in the reference: \(missing)")
    }

    @Test("draws the tree of refusals as it is")
    func tree() throws {
        let text = try Fixture.read("\(Shipped.root)/docs/reference/dialect-language.md")
        let lines = text.split(separator: "\n").drop { $0 != "error" }.prefix { $0 != "```" }
        var parents: [String: String] = [:]
        var standing = [(indent: 0, name: "error")]
        for line in lines.dropFirst() {
            let indent = line.prefix { $0 == " " }.count
            let names = line.split(separator: " ").map(String.init)
            standing.removeAll { $0.indent >= indent }
            let parent = try #require(standing.last?.name)
            // A line is a code and its children, or, one under another, codes of the same parent.
            let isList = names.first == "bad_request"
            for (index, name) in names.enumerated() { parents[name] = index == 0 || isList ? parent : names[0] }
            if let first = names.first { standing.append((indent, first)) }
        }
        for code in RefusalCode.allCases where code != .error {
            #expect(parents[code.rawValue] == code.parent?.rawValue, "\(code.rawValue)")
        }
        #expect(parents.count == RefusalCode.allCases.count - 1)
    }
}
