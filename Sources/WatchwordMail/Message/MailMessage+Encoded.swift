import WatchwordCore

extension MailMessage {
    /// The message as RFC 5322 writes it, every line ended by CR LF: plain text, or that and HTML
    /// (RFC 2046 section 5.1.4). The same bytes at every attempt.
    public var encoded: [UInt8] {
        var lines = [
            "Date: \(Self.date(date))", "From: \(from.field)", "To: \(to.field)",
        ]
        if let replyTo { lines.append("Reply-To: \(replyTo.field)") }
        lines += [
            "Message-ID: \(HeaderText.clean(messageID))",
            "Subject: \(HeaderText.unstructured(subject))",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
        ]
        let plain = MIMEPart(type: "text/plain", text: text)
        guard let html else { return Self.bytes(lines) + plain.encoded }
        // Neither encoding of a part can have `=_` in it, so no line of a part is taken for the boundary.
        let boundary = "=_\(String(id.text.filter { $0.isASCII && ($0.isLetter || $0.isNumber) }.prefix(48)))"
        lines += ["Content-Type: multipart/alternative; boundary=\"\(boundary)\"", ""]
        return Self.bytes(lines)
            + Self.bytes(["--\(boundary)"]) + plain.encoded
            + Self.bytes(["--\(boundary)"]) + MIMEPart(type: "text/html", text: html, isEncoded: true).encoded
            + Self.bytes(["--\(boundary)--"])
    }

    private static func bytes(_ lines: [String]) -> [UInt8] { lines.flatMap { Array($0.utf8) + [0x0D, 0x0A] } }

    /// `Sat, 21 Nov 2026 05:30:00 +0000` (RFC 5322 section 3.3).
    static func date(_ moment: Timestamp) -> String {
        let time = CivilTime(moment)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = time.text(separator: " ", zone: "").dropFirst(11)
        return "\(days[Int(time.weekday)]), \(time.day) \(months[Int(time.month) - 1]) \(time.year) \(clock) +0000"
    }
}
