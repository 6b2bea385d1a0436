/// Pieces of Markdown pages.
enum Markdown {
    /// The lines of a table; a bar in a cell is escaped.
    static func table(_ head: [String], _ rows: [[String]]) -> [String] {
        let lines = [head, head.map { _ in "---" }] + rows
        return lines.enumerated().map { index, cells in
            "| " + cells.map { index == 1 ? $0 : $0.replacing("|", with: "\\|") }.joined(separator: " | ") + " |"
        }
    }
}
