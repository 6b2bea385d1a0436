/// The diagnostics of one loading: those of the syntax first, then by the place of their section, and within a
/// section in the order in which it is read.
struct Report {
    private let file: String
    private var entries: [(section: Int, diagnostic: Diagnostic)] = []
    private var seen: Set<Diagnostic> = []
    private var dropped = 0
    /// The line where the section in hand starts.
    var section = 0

    init(file: String, syntax: [Diagnostic]) {
        self.file = file
        for diagnostic in syntax { add(diagnostic) }
        section = 1
    }

    /// Messages are made only while they will be kept, since some look for the likely meaning of a name.
    mutating func error(_ message: @autoclosure () -> String, at position: SourcePosition) {
        guard entries.count < YAML.maximumMistakes * 2 else {
            dropped += 1
            return
        }
        add(Diagnostic(file: file, position: position, severity: .error, message: message()))
    }

    mutating func note(_ message: String, at position: SourcePosition) {
        add(Diagnostic(file: file, position: position, severity: .note, message: message))
    }

    /// A view used by many routes is checked for each, and its mistakes told once.
    private mutating func add(_ diagnostic: Diagnostic) {
        if seen.insert(diagnostic).inserted { entries.append((section, diagnostic)) }
    }

    var hasErrors: Bool { entries.contains { $0.diagnostic.severity == .error } }

    func sorted(_ severity: Diagnostic.Severity) -> [Diagnostic] {
        var wanted = entries.enumerated().filter { $0.element.diagnostic.severity == severity }
        wanted.sort { ($0.element.section, $0.offset) < ($1.element.section, $1.offset) }
        var diagnostics = wanted.map(\.element.diagnostic)
        if severity == .error, dropped > 0, let last = diagnostics.last {
            diagnostics.append(
                Diagnostic(
                    file: file, position: last.position, severity: .error, message: "and \(dropped) more mistakes"))
        }
        return diagnostics
    }
}
