import CCurl
import Testing

@testable import WatchwordMail

@Suite("How an exchange with a mail server ended")
struct SMTPResultTests {
    static func result(
        _ code: CURLcode, _ stage: SMTPExchange.Stage, _ reply: String = "", isReused: Bool = false,
        isAcknowledged: Bool = false, offersUTF8: Bool = true
    ) -> SMTPResult {
        SMTPResult(
            code: code, stage: stage, status: Int(reply.prefix(3)) ?? 0, reply: reply, detail: "curl says so",
            isAcknowledged: isAcknowledged, isReused: isReused, offersUTF8: offersUTF8)
    }

    private static let settings = SMTPSettings(host: "mail.example.com")

    private static func failure(_ result: SMTPResult, to address: String = "ada@example.com") -> MailFailure {
        result.failure(settings, to: Mailbox(address: address))
    }

    @Test(
        "a refusal is for ever where it is of the recipient or the mail, and by a 5xx",
        arguments: [
            (.recipient, "550 5.1.1 no such mailbox", .permanent), (.recipient, "450 4.2.1 busy", .temporary),
            (.data, "554 5.7.1 spam", .permanent), (.data, "452 4.3.1 full", .temporary),
            (.sender, "553 5.7.1 not yours", .unavailable), (.sender, "451 later", .unavailable),
            (.opening, "554 no service", .unavailable), (.recipient, "421 closing", .unavailable),
            (.data, "421 closing", .unavailable), (.sender, "530 5.7.0 authentication required", .unavailable),
            (.recipient, "535 5.7.8 bad credentials", .unavailable),
        ] as [(SMTPExchange.Stage, String, MailFailure.Kind)])
    func refusals(_ stage: SMTPExchange.Stage, _ reply: String, _ kind: MailFailure.Kind) {
        let failure = Self.failure(Self.result(CURLE_SEND_ERROR, stage, reply))
        #expect(failure.kind == kind)
        #expect(failure.reason.contains(reply))
        #expect(failure.reason.contains("mail.example.com:587"))
    }

    @Test(
        "trouble with the connection, with TLS or with the password is no mail's fault",
        arguments: [
            CURLE_COULDNT_CONNECT, CURLE_COULDNT_RESOLVE_HOST, CURLE_OPERATION_TIMEDOUT, CURLE_RECV_ERROR,
            CURLE_SEND_ERROR, CURLE_PEER_FAILED_VERIFICATION, CURLE_USE_SSL_FAILED, CURLE_SSL_CONNECT_ERROR,
            CURLE_SSL_CACERT_BADFILE,
        ])
    func connection(_ code: CURLcode) {
        #expect(Self.failure(Self.result(code, .opening)).kind == .unavailable)
        #expect(Self.failure(Self.result(code, .opening)).reason.contains("curl says so"))
        // Hung up in the middle of the mail: the last reply, to DATA, is no refusal.
        #expect(Self.failure(Self.result(code, .data, "354 go on")).kind == .unavailable)
    }

    @Test("a wrong password says so, and whose it is")
    func password() {
        var settings = Self.settings
        settings.username = "shop"
        let result = Self.result(CURLE_LOGIN_DENIED, .opening, "535 5.7.8 no")
        let failure = result.failure(settings, to: Mailbox(address: "ada@example.com"))
        #expect(failure.kind == .unavailable)
        #expect(failure.reason.contains("`shop`"))
        #expect(failure.reason.contains("535 5.7.8 no"))
        #expect(!failure.reason.contains("AUTH"))
        // Nothing was tried: the server knows none of the ways that we do.
        let none = Self.result(CURLE_LOGIN_DENIED, .opening, "250 AUTH CRAM-MD5")
        #expect(none.failure(settings, to: Mailbox(address: "ada@example.com")).reason.contains("AUTH PLAIN or LOGIN"))
    }

    @Test("a connection that was cut is told from one that stays silent")
    func hungUp() {
        for code in [CURLE_RECV_ERROR, CURLE_GOT_NOTHING] {
            #expect(
                Self.failure(Self.result(code, .data, "354 go on")).reason.contains("hung up while it took the mail"))
        }
        #expect(Self.failure(Self.result(CURLE_OPERATION_TIMEDOUT, .opening)).reason.contains("did not answer"))
    }

    @Test("a mail is sent once the server has said so, whatever happens after it")
    func acknowledged() {
        #expect(Self.result(CURLE_OK, .data, "250 taken").isSent)
        #expect(Self.result(CURLE_RECV_ERROR, .data, "250 taken", isAcknowledged: true).isSent)
        #expect(!Self.result(CURLE_RECV_ERROR, .data, "354 go on").isSent)
    }

    @Test("only an open connection that was gone before the mail began is tried again at once")
    func stale() {
        #expect(Self.result(CURLE_SEND_ERROR, .opening, isReused: true).isStale)
        #expect(Self.result(CURLE_RECV_ERROR, .sender, isReused: true).isStale)
        #expect(Self.result(CURLE_SEND_ERROR, .sender, "421 idle", isReused: true).isStale)
        #expect(!Self.result(CURLE_SEND_ERROR, .sender, "550 no", isReused: true).isStale)
        #expect(!Self.result(CURLE_RECV_ERROR, .data, "354 go on", isReused: true).isStale)
        #expect(!Self.result(CURLE_RECV_ERROR, .sender, isReused: false).isStale)
        #expect(!Self.result(CURLE_OPERATION_TIMEDOUT, .sender, isReused: true).isStale)
    }

    @Test("an interruption is no failure of the mail")
    func interrupted() {
        #expect(Self.failure(Self.result(CURLE_ABORTED_BY_CALLBACK, .sender, "250 fine")).kind == .interrupted)
    }

    @Test("what the server says is shown on one line, not at length, and without the address")
    func said() {
        let reply = "550 <ada@example.com>: no\u{7}pe " + String(repeating: "x", count: 900)
        let failure = Self.failure(Self.result(CURLE_SEND_ERROR, .recipient, reply))
        #expect(failure.reason.count <= 300)
        #expect(!failure.reason.contains("ada@"))
        #expect(failure.reason.contains("a***@example.com"))
        #expect(!failure.reason.unicodeScalars.contains("\u{7}"))
        let other = Self.failure(
            Self.result(CURLE_SEND_ERROR, .recipient, "500 what?", offersUTF8: false), to: "jörg@example.com")
        #expect(other.reason.contains("SMTPUTF8"))
    }

    @Test("an exchange follows its commands and replies, and looks into no other")
    func exchange() {
        let exchange = SMTPExchange(message: [1, 2, 3], interruption: Interruption())
        let says: (String) -> Void = { text in Array(text.utf8).withUnsafeBytes { exchange.received($0) } }
        let sends: (String) -> Void = { text in Array(text.utf8).withUnsafeBytes { exchange.sent($0) } }
        says("220 hello\r\n")
        sends("EHLO me\r\n")
        says("250-mail\r\n250-SMTPUTF8\r\n250 HELP\r\n")
        #expect(exchange.stage == .opening)
        #expect(exchange.offersUTF8)
        sends("MAIL FROM:<a>\r\n")
        #expect(exchange.stage == .sender)
        says("250 fine\r\n")
        sends("RCPT TO:<b>\r\n")
        says("250 fine\r\n")
        sends("DATA\r\n")
        #expect(!exchange.isAcknowledged)
        says("354 go on\r\n")
        #expect(!exchange.isAcknowledged)
        says("250 taken\r\n")
        #expect(exchange.isAcknowledged)
        sends("QUIT\r\n")
        says("221 bye\r\n")
        #expect(exchange.status == 250)
    }

    @Test("a reply of several lines is told whole, on one line, and not without end")
    func lines() {
        let exchange = SMTPExchange(message: [], interruption: Interruption())
        let says: (String) -> Void = { text in Array(text.utf8).withUnsafeBytes { exchange.received($0) } }
        for line in ["550-5.1.1 The mailbox\r\n", "550-does not exist;\r\n", "550 see our site\r\n"] { says(line) }
        #expect(exchange.reply == "550 5.1.1 The mailbox does not exist; see our site")
        #expect(exchange.status == 550)
        says("250 fine\r\n")
        #expect(exchange.reply == "250 fine")
        for _ in 0..<10_000 { says("451-\(String(repeating: "x", count: 90))\r\n") }
        says("451 later\r\n")
        #expect(exchange.status == 451)
        #expect(exchange.reply.count < 1_000)
    }

    @Test("a mail is acknowledged by 250 behind 354 behind DATA, and by nothing else")
    func acknowledgement() {
        func isAcknowledged(_ talk: [(command: String?, reply: String)]) -> Bool {
            let exchange = SMTPExchange(message: [], interruption: Interruption())
            for (command, reply) in talk {
                if let command { Array("\(command)\r\n".utf8).withUnsafeBytes { exchange.sent($0) } }
                Array("\(reply)\r\n".utf8).withUnsafeBytes { exchange.received($0) }
            }
            return exchange.isAcknowledged
        }
        #expect(isAcknowledged([("DATA", "354 go on"), (nil, "250 taken")]))
        #expect(isAcknowledged([("DATA", "354 go on"), (nil, "250-taken")]))
        #expect(!isAcknowledged([("DATA", "250 taken")]))
        #expect(!isAcknowledged([("DATA", "354 go on"), (nil, "354 go on")]))
        #expect(!isAcknowledged([("DATA", "354 go on"), (nil, "554 spam")]))
        #expect(!isAcknowledged([("DATA", "354 go on"), ("QUIT", "250 bye")]))
        #expect(!isAcknowledged([(nil, "354 hello"), ("EHLO me", "250 HELP")]))
        #expect(!isAcknowledged([("RCPT TO:<a>", "354 hello"), (nil, "250 fine")]))
    }

    @Test("an interruption stops it at once, but not while the server takes the mail")
    func interruption() {
        let interruption = Interruption()
        let exchange = SMTPExchange(message: [], interruption: interruption)
        #expect(!exchange.shouldStop())
        interruption.happen()
        #expect(exchange.shouldStop())
        Array("DATA\r\n".utf8).withUnsafeBytes { exchange.sent($0) }
        #expect(!exchange.shouldStop())
    }
}
