/// The candidate that `text` was most likely meant to be; nothing if none is near.
///
/// Near is a distance of one edit for short words and up to three for long ones, or a difference in case,
/// hyphens and underscores only; else the one candidate whose first words `text` is. Texts over 64 characters get no
/// suggestion, which bounds the work.
public func suggestion(for text: String, among candidates: some Sequence<String>) -> String? {
    let wanted = Array(text.unicodeScalars.prefix(65))
    guard (2...64).contains(wanted.count) else { return nil }
    let allowed = wanted.count < 4 ? 1 : wanted.count < 8 ? 2 : 3
    var best: (candidate: String, distance: Int)?
    for candidate in candidates where candidate != text {
        let scalars = Array(candidate.unicodeScalars.prefix(65))
        guard scalars.count <= 64 else { continue }
        let found = simplified(wanted) == simplified(scalars) ? 0 : editDistance(wanted, scalars, limit: allowed)
        guard let found, found < scalars.count, found < best?.distance ?? .max else { continue }
        best = (candidate, found)
    }
    if let best { return best.candidate }
    let longer = candidates.filter { $0.hasPrefix(text + "_") || $0.hasPrefix(text + "-") }
    return longer.count == 1 ? longer.first : nil
}

private func simplified(_ scalars: [Unicode.Scalar]) -> String {
    String(String.UnicodeScalarView(scalars.filter { $0 != "_" && $0 != "-" })).lowercased()
}

/// How many insertions, deletions, changes and swaps of neighbours lead from `left` to `right`; nothing if over `limit`.
private func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar], limit: Int) -> Int? {
    guard abs(left.count - right.count) <= limit, !right.isEmpty else { return nil }
    var before = [Int](repeating: 0, count: right.count + 1)
    var previous = Array(0...right.count)
    for i in 1...left.count {
        var current = [Int](repeating: i, count: right.count + 1)
        for j in 1...right.count {
            let same = left[i - 1] == right[j - 1]
            current[j] = min(previous[j] + 1, current[j - 1] + 1, previous[j - 1] + (same ? 0 : 1))
            if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
                current[j] = min(current[j], before[j - 2] + 1)
            }
        }
        (before, previous) = (previous, current)
    }
    return previous[right.count] <= limit ? previous[right.count] : nil
}
