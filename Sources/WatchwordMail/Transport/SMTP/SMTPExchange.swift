import CCurl

/// One mail on its way through a connection: what is sent, how far it got and what the server said.
///
/// libcurl's callbacks fill it, on the one thread that waits for them.
final class SMTPExchange {
    /// How far it got: what the last answer was to.
    enum Stage: Sendable, Comparable {
        /// Greeting, EHLO, STARTTLS, AUTH.
        case opening
        case sender
        case recipient
        /// DATA was sent: the server has, or may have, some of the mail.
        case data
    }

    private let message: [UInt8]
    private var position = 0
    private let interruption: Interruption
    /// libcurl's, whose callbacks come here.
    let handle: UnsafeMutableRawPointer?
    private var interruptedSince: ContinuousClock.Instant?
    private(set) var stage = Stage.opening
    /// The last reply of the server in this exchange, its lines joined to one.
    private(set) var reply = ""
    /// Whether its last line announced another one (RFC 5321 section 4.2.1).
    private var isContinued = false
    /// Whether it has offered SMTPUTF8 (RFC 6531); known only of an exchange that opens the connection.
    private(set) var offersUTF8 = false
    /// Whether it has said that it has taken the mail.
    private(set) var isAcknowledged = false
    private var isOver = false

    /// A reply that is longer than this, in bytes, gets no more lines.
    private static let longestReply = 500

    /// A mail that the server has already may still be taken when everything stops, if that does not last.
    private static let grace = Duration.seconds(5)

    init(message: [UInt8], interruption: Interruption, handle: UnsafeMutableRawPointer? = nil) {
        self.handle = handle
        self.message = message
        self.interruption = interruption
    }

    /// The status code of the last reply; 0 without one.
    var status: Int { Int(reply.prefix(3)) ?? 0 }

    static func of(_ context: UnsafeMutableRawPointer?) -> SMTPExchange? {
        context.map { Unmanaged<SMTPExchange>.fromOpaque($0).takeUnretainedValue() }
    }

    /// The next bytes of the mail.
    func read(into buffer: UnsafeMutablePointer<CChar>?, room: Int) -> Int {
        let count = min(room, message.count - position)
        guard let buffer, count > 0 else { return 0 }
        message[position..<position + count].withUnsafeBytes { bytes in
            UnsafeMutableRawBufferPointer(start: buffer, count: count).copyMemory(from: bytes)
        }
        position += count
        return count
    }

    /// A command of ours. What it says is not looked at but for its verb: it may be a password.
    func sent(_ bytes: UnsafeRawBufferPointer) {
        switch String(decoding: bytes.prefix(4), as: UTF8.self) {
        case "MAIL": stage = .sender
        case "RCPT": stage = .recipient
        case "DATA": stage = .data
        // What is answered to our goodbye is not about the mail.
        case "QUIT": isOver = true
        default: break
        }
    }

    func received(_ bytes: UnsafeRawBufferPointer) {
        guard !isOver else { return }
        for line in String(decoding: bytes.prefix(2_048), as: UTF8.self).split(whereSeparator: \.isNewline) {
            if stage == .opening, line.dropFirst(4).uppercased() == "SMTPUTF8" { offersUTF8 = true }
            // Behind 354 there is one more reply: to the mail (RFC 5321 section 4.1.1.4).
            if stage == .data, reply.hasPrefix("354"), line.hasPrefix("250") { isAcknowledged = true }
            let isLast = line.dropFirst(3).first != "-"
            if !isContinued {
                reply = isLast ? String(line) : "\(line.prefix(3)) \(line.dropFirst(4))"
            } else if reply.utf8.count < Self.longestReply {
                reply += " " + line.dropFirst(4)
            }
            isContinued = !isLast
        }
    }

    /// Whether to give up now.
    func shouldStop() -> Bool {
        guard interruption.happened else { return false }
        guard stage == .data else { return true }
        let since = interruptedSince ?? .now
        interruptedSince = since
        return ContinuousClock.now - since > Self.grace
    }
}
