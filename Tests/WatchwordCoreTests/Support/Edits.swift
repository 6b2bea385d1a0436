/// The edits between two words by their definition, from the ends on: slow, and plain to see.
struct Edits {
    private let left, right: [Character]
    private var known: [[Int?]]

    init(_ left: [Character], _ right: [Character]) {
        self.left = left
        self.right = right
        known = Array(repeating: Array(repeating: nil, count: right.count + 1), count: left.count + 1)
    }

    var count: Int {
        var edits = self
        return edits.count(left.count, right.count)
    }

    private mutating func count(_ i: Int, _ j: Int) -> Int {
        if i == 0 || j == 0 { return i + j }
        if let found = known[i][j] { return found }
        var best = min(count(i - 1, j) + 1, count(i, j - 1) + 1)
        best = min(best, count(i - 1, j - 1) + (left[i - 1] == right[j - 1] ? 0 : 1))
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
            best = min(best, count(i - 2, j - 2) + 1)
        }
        known[i][j] = best
        return best
    }
}
