/// What came of reading the dialects again.
public struct ReloadReport: Sendable, Equatable {
    /// Whether every realm speaks what its files say now.
    public var isComplete: Bool
    /// One line for each realm, and the mistakes that stopped it below.
    public var lines: [String]

    public init(isComplete: Bool, lines: [String]) {
        self.isComplete = isComplete
        self.lines = lines
    }
}
