/// What comparing came to.
public struct ComparisonReport: Sendable, Equatable {
    public var files: [File] = []
    /// Tolerances that no difference needed any more.
    public var unused: [Tolerance] = []

    public struct File: Sendable, Equatable {
        public var name: String
        public var requests: Int
        public var differences: [Difference] = []
        public var tolerated: [Tolerated] = []
        /// Why the file could not be run to its end.
        public var failure: String?
    }

    public struct Tolerated: Sendable, Equatable {
        public var difference: Difference
        public var reason: String
    }

    public var requests: Int { files.reduce(0) { $0 + $1.requests } }
    public var differing: Int { files.count { !$0.differences.isEmpty || $0.failure != nil } }
    public var tolerated: Int { files.count { $0.differences.isEmpty && $0.failure == nil && !$0.tolerated.isEmpty } }

    /// Whether both servers answer the same but for what is tolerated.
    public var isSame: Bool { differing == 0 }

    /// For a person to read: every difference, then the sums.
    public func text(showingTolerated: Bool) -> String {
        var lines: [String] = []
        for file in files {
            if !file.differences.isEmpty || file.failure != nil { lines.append(file.name) }
            for difference in file.differences { lines += Self.lines(difference) }
            if let failure = file.failure { lines.append("  could not go on: \(failure)") }
            if showingTolerated, !file.tolerated.isEmpty {
                lines.append("\(file.name) (tolerated)")
                for item in file.tolerated {
                    lines += Self.lines(item.difference)
                    lines.append("    because: \(item.reason)")
                }
            }
        }
        for tolerance in unused {
            lines.append(
                "line \(tolerance.line) of the tolerances is no longer needed: \(tolerance.files) | \(tolerance.places)"
            )
        }
        let same = files.count - differing - tolerated
        lines.append(
            "\(files.count) files, \(requests) requests: \(same) the same, \(tolerated) with tolerated differences, \(differing) different"
        )
        return lines.joined(separator: "\n")
    }

    private static func lines(_ difference: Difference) -> [String] {
        [
            "  \(difference.exchange): \(difference.place)", "    ours    \(difference.ours)",
            "    theirs  \(difference.theirs)",
        ]
    }
}
