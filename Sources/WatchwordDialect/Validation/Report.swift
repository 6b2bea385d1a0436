/// The diagnostics of one loading: those of the syntax first, then by the place of their section, and within a
/// section in the order in which it is read.
struct Report {
    /// By `SourcePosition.file`.
    private var files: [String]
    private var entries: [(section: SourcePosition, diagnostic: Diagnostic)] = []
    private var seen: Set<Diagnostic> = []
    private var dropped = 0
    /// Where the section in hand starts.
    var section = SourcePosition(line: 0, column: 0)

    init(file: String, syntax: [Diagnostic]) {
        files = [file]
        for diagnostic in syntax { add(diagnostic) }
        section = .start
    }

    /// A second file that positions may name, and what is wrong with its syntax.
    mutating func include(file: String, syntax: [Diagnostic]) {
        files.append(file)
        for diagnostic in syntax { add(diagnostic) }
    }

    private func name(of position: SourcePosition) -> String {
        files.indices.contains(position.file) ? files[position.file] : files[0]
    }

    /// Messages are made only while they will be kept, since some look for the likely meaning of a name.
    mutating func error(_ message: @autoclosure () -> String, at position: SourcePosition) {
        guard entries.count < YAML.maximumMistakes * 2 else {
            dropped += 1
            return
        }
        add(Diagnostic(file: name(of: position), position: position, severity: .error, message: message()))
    }

    mutating func note(_ message: String, at position: SourcePosition) {
        add(Diagnostic(file: name(of: position), position: position, severity: .note, message: message))
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
                    file: last.file, position: last.position, severity: .error, message: "and \(dropped) more mistakes")
            )
        }
        return diagnostics
    }
}
