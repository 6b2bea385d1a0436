import WatchwordCore

/// `message`, with the likely meaning of `text` behind it.
func message(_ message: String, meaning text: String, among candidates: some Sequence<String>) -> String {
    suggestion(for: text, among: candidates).map { "\(message) (did you mean `\($0)`?)" } ?? message
}
