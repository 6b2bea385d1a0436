/// Writes Prometheus' text exposition format, version 0.0.4.
struct MetricsPage {
    private(set) var text = ""

    mutating func family(_ name: String, _ kind: Metrics.Kind, _ help: String) { family(name, kind.rawValue, help) }

    mutating func family(_ name: String, _ kind: String, _ help: String) {
        text += "# HELP \(name) \(Self.escaped(help, quotes: false))\n# TYPE \(name) \(kind)\n"
    }

    mutating func sample(_ name: String, _ labels: [(String, String)], _ value: Double) {
        text += name
        if !labels.isEmpty {
            text += "{" + labels.map { "\($0)=\"\(Self.escaped($1, quotes: true))\"" }.joined(separator: ",") + "}"
        }
        text += " \(Self.number(value))\n"
    }

    mutating func histogram(_ name: String, _ labels: [(String, String)], _ histogram: Histogram) {
        let counts = histogram.cumulative
        for (bound, count) in zip(Histogram.bounds, counts) {
            sample(name + "_bucket", labels + [("le", Self.number(bound))], Double(count))
        }
        let total = Double(counts.last ?? 0)
        sample(name + "_bucket", labels + [("le", "+Inf")], total)
        sample(name + "_sum", labels, histogram.sum)
        sample(name + "_count", labels, total)
    }

    /// Whole numbers without a point.
    private static func number(_ value: Double) -> String {
        Int64(exactly: value).map(String.init) ?? String(value)
    }

    private static func escaped(_ text: String, quotes: Bool) -> String {
        var result = ""
        for character in text {
            switch character {
            case "\\": result += "\\\\"
            case "\n": result += "\\n"
            case "\"" where quotes: result += "\\\""
            default: result.append(character)
            }
        }
        return result
    }
}
