import WatchwordCore
import WatchwordDialect

/// One thing that a client could notice between two versions of a dialect.
public struct Difference: Sendable, Equatable {
    public enum Weight: String, Sendable, CaseIterable {
        /// A client that worked can fail.
        case breaking
        /// A client that worked goes on.
        case compatible
        /// The same words of the wire, and something else happens.
        case behaviour
    }

    public var weight: Weight
    /// Where: `POST /login`, `errors`, `tokens.access`.
    public var place: String
    public var text: String

    init(_ weight: Weight, _ place: String, _ text: String) {
        self.weight = weight
        self.place = place
        self.text = text
    }
}

/// What a client could notice of a change from one dialect to another, in the order of the file's sections.
public struct DialectDifference: Sendable {
    public let differences: [Difference]

    public init(from old: Dialect, to new: Dialect) {
        let rehearsals = (Rehearsal(old, baseURL: "http://localhost"), Rehearsal(new, baseURL: "http://localhost"))
        var found = SectionDifference(old, new).differences
        found += RouteDifference.all(rehearsals.0, rehearsals.1)
        found += RefusalDifference.common(old, new)
        found += SocketDifference.all(rehearsals.0, rehearsals.1)
        differences = found.reduce(into: []) { if !$0.contains($1) { $0.append($1) } }
    }

    public var isBreaking: Bool { differences.contains { $0.weight == .breaking } }

    /// A line for each, the weight first.
    public var text: String {
        guard !differences.isEmpty else { return "a client can notice no difference\n" }
        let width = Difference.Weight.allCases.map(\.rawValue.count).max() ?? 0
        return differences.map { each in
            let space = String(repeating: " ", count: width - each.weight.rawValue.count + 2)
            return each.weight.rawValue + space + "\(each.place): \(each.text)\n"
        }.joined()
    }
}
