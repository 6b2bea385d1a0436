extension String {
    /// The text as it may stand in a log line or a close frame, whoever wrote it: controls, and what turns the
    /// direction of writing, become spaces, and it is cut to so many bytes between two characters.
    public func oneLine(atMost bytes: Int) -> String {
        var line = String.UnicodeScalarView()
        var used = 0
        for scalar in unicodeScalars {
            let shown: Unicode.Scalar =
                switch scalar.properties.generalCategory {
                case .control, .format, .lineSeparator, .paragraphSeparator: " "
                default: scalar
                }
            used += UTF8.width(shown)
            guard used <= bytes else { break }
            line.append(shown)
        }
        return String(line)
    }
}
