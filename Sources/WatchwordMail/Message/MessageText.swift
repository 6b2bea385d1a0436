import WatchwordCore

extension MailMessage {
    /// The message as RFC 5322 writes it, MIME text in UTF-8 (RFC 2045), every line ended by CR LF.
    public func text() -> [UInt8] {
        let lines = body.split(separator: "\n", omittingEmptySubsequences: false).map { Array($0.utf8) }
        // RFC 5322 section 2.1.1: a line has at most 998 bytes. Ours have, unless a realm's public URL is very long.
        let fits = lines.allSatisfy { $0.count <= 998 }
        let head = [
            "Date: \(Self.date(date))",
            "From: \(HeaderText.mailbox(from))",
            "To: \(HeaderText.clean(recipient))",
            "Message-ID: \(HeaderText.clean(messageID))",
            "Subject: \(HeaderText.unstructured(subject))",
            "Auto-Submitted: auto-generated",
            "MIME-Version: 1.0",
            "Content-Type: text/plain; charset=utf-8",
            "Content-Transfer-Encoding: \(fits ? "8bit" : "quoted-printable")",
            "",
        ]
        var bytes: [UInt8] = []
        for line in head { bytes += Array(line.utf8) + Self.lineEnd }
        for (index, line) in lines.enumerated() {
            // What follows the last line feed is a line only if it says something.
            if index == lines.count - 1, line.isEmpty { break }
            // A lone CR would be another line end to some readers (RFC 5322 section 2.3).
            let clean = line.filter { $0 != 0x0D }
            bytes += (fits ? clean : QuotedPrintable.line(clean)) + Self.lineEnd
        }
        return bytes
    }

    private static let lineEnd: [UInt8] = [0x0D, 0x0A]

    /// `Sat, 21 Nov 2026 05:30:00 +0000` (RFC 5322 section 3.3).
    static func date(_ moment: Timestamp) -> String {
        let time = CivilTime(moment)
        let days = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"]
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let clock = time.text(separator: " ", zone: "").dropFirst(11)
        return "\(days[Int(time.weekday)]), \(time.day) \(months[Int(time.month) - 1]) \(time.year) \(clock) +0000"
    }
}
