/// A place in a file: line and column from 1, the column in characters (Unicode scalar values).
public struct SourcePosition: Hashable, Comparable, Sendable {
    public var line: Int
    public var column: Int
    /// Which of several files: 0 for the one that was asked for, 1 for the one that it extends.
    public var file: Int

    public init(line: Int, column: Int, file: Int = 0) {
        self.line = line
        self.column = column
        self.file = file
    }

    public static let start = SourcePosition(line: 1, column: 1)

    public static func < (left: SourcePosition, right: SourcePosition) -> Bool {
        (left.file, left.line, left.column) < (right.file, right.line, right.column)
    }
}
