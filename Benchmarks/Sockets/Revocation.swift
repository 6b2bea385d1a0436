import NIOCore

/// An event that ends every agent's authority.
struct Revocation {
    var asked = NIODeadline.now()
    /// When the one who asked knew that it is done.
    var acknowledged = NIODeadline.now()

    /// What came of it. Closes may come before the acknowledgement: times from there can be negative.
    func text(_ tally: Ends.Tally) -> String {
        func since(_ start: NIODeadline, _ end: NIODeadline?) -> String {
            end.map { (Double(Int64($0.uptimeNanoseconds) - Int64(start.uptimeNanoseconds)) / 1e6).text + " ms" }
                ?? "never"
        }
        let codes = tally.codes.sorted { $0.key < $1.key }.map { "\($0.value) with \($0.key)" }
        return """
            acknowledged after \(since(asked, acknowledged)); the last close \(since(asked, tally.last)) after the \
            event, first \(since(acknowledged, tally.first)) and last \(since(acknowledged, tally.last)) after the \
            acknowledgement; \(tally.open) left open; closed: \(codes.joined(separator: ", "))
            """
    }
}
