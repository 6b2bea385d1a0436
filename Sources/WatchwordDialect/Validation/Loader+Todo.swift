extension Loader {
    /// What a draft leaves to its reader: each a note, at its place.
    mutating func noteTodo(_ entry: Node.Entry) {
        for node in entry.value.items ?? [entry.value] {
            if let text = text(node, entry.key) { report.note("to do: \(text)", at: node.position) }
        }
    }
}
