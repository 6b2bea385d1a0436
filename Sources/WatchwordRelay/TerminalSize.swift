/// The size of a terminal in characters; at least 1 by 1.
public struct TerminalSize: Hashable, Sendable {
    public var columns: UInt16
    public var rows: UInt16

    /// What a terminal has that says nothing: 80 by 24.
    public static let usual = TerminalSize(columns: 80, rows: 24)

    /// Zeros become 1.
    public init(columns: UInt16, rows: UInt16) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
    }
}
