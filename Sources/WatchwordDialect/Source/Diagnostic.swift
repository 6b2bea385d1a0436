/// What is wrong, or legal but risky, at a place in a file.
///
/// Prints as compilers do, so that editors find the place: `file:line:column: error: text`.
public struct Diagnostic: Hashable, Sendable, CustomStringConvertible {
    public var file: String
    public var position: SourcePosition
    public var severity: Severity
    public var message: String

    public enum Severity: String, Hashable, Sendable, CaseIterable { case error, note }

    public init(file: String, position: SourcePosition, severity: Severity, message: String) {
        self.file = file
        self.position = position
        self.severity = severity
        self.message = message
    }

    public var description: String {
        "\(file):\(position.line):\(position.column): \(severity.rawValue): \(message)"
    }
}
