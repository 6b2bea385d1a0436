import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordServer

/// How the names of another system's records become ours.
struct ImportMap {
    private struct Pair {
        var ours: String
        /// Where it stands there, by its dotted path.
        var theirs: String
        /// Whether it means the opposite there.
        var isOpposite: Bool
    }

    private var pairs: [Pair] = []
    private var ignored: Set<String> = []

    /// `maps`: `ours=theirs` and `ours=!theirs`, several by commas; `ignored`: names to leave out.
    init(_ maps: [String] = [], ignored: [String] = [], fields: [String] = []) throws {
        for text in maps.flatMap({ $0.split(separator: ",") }) {
            guard let equals = text.firstIndex(of: "="), equals != text.startIndex else {
                throw StartFailure(.usage, "`\(text)` maps nothing", mend: "write ours=theirs, or ours=!theirs")
            }
            let ours = String(text[..<equals])
            var theirs = text[text.index(after: equals)...]
            let isOpposite = theirs.hasPrefix("!")
            if isOpposite { theirs.removeFirst() }
            let known = ImportOptions.names + fields.map { "fields.\($0)" }
            guard known.contains(ours), !theirs.isEmpty else {
                let hint = suggestion(for: ours, among: known).map { " (did you mean `\($0)`?)" } ?? ""
                throw StartFailure(
                    .usage, "an account of this realm has no `\(ours)`\(hint)",
                    mend: "there are \(known.joined(separator: ", "))")
            }
            pairs.append(Pair(ours: ours, theirs: String(theirs), isOpposite: isOpposite))
        }
        self.ignored = Set(ignored.flatMap { $0.split(separator: ",") }.map(String.init))
    }

    /// The record under our names: first what is mapped, then what has our names already.
    func callAsFunction(_ record: Value) -> Value {
        guard case .object(let members) = record else { return record }
        var mapped: [Value.Member] = []
        var used = ignored
        for pair in pairs {
            guard let (top, value) = find(pair.theirs, in: record) else { continue }
            used.insert(top)
            let opposite = pair.isOpposite ? value.asFlag.map { Value.bool(!$0) } : nil
            mapped.append(Value.Member(pair.ours, opposite ?? value))
        }
        return .object(mapped + members.filter { !used.contains($0.name) })
    }

    /// What stands at a path, and the member of the record that it begins with.
    private func find(_ path: String, in record: Value) -> (top: String, value: Value)? {
        if let value = record[path] { return (path, value) }
        let names = path.split(separator: ".").map(String.init)
        guard names.count > 1, let top = names.first else { return nil }
        var value: Value? = record
        for name in names { value = value?[name] }
        return value.map { (top, $0) }
    }
}
