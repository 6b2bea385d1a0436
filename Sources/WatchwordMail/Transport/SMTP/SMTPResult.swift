import CCurl

/// How an exchange ended, as libcurl and the server said it.
struct SMTPResult {
    var code: CURLcode
    var stage: SMTPExchange.Stage
    /// Of the server's last reply; 0 if it said nothing.
    var status: Int
    var reply: String
    /// libcurl's words.
    var detail: String
    var isAcknowledged: Bool
    /// Whether it was on a connection that was open already.
    var isReused: Bool
    var offersUTF8: Bool

    /// Whether the server has the mail. What went wrong after it said so does not matter.
    var isSent: Bool { code == CURLE_OK || isAcknowledged }

    /// Whether the trouble was that the server had hung up meanwhile, or was about to (421).
    var isStale: Bool {
        guard isReused, stage < .data else { return false }
        return code == CURLE_SEND_ERROR && !isRefused || status == 421 || code == CURLE_RECV_ERROR
            || code == CURLE_GOT_NOTHING
    }

    /// What went wrong, for the operator. `recipient` is not named.
    func failure(_ settings: SMTPSettings, to recipient: Mailbox) -> MailFailure {
        let (text, kind) = account(settings, recipient)
        let hidden = text.replacing(recipient.address, with: LogTransport.masked(recipient.address))
        return MailFailure(String(HeaderText.clean(hidden).prefix(300)), kind)
    }

    private func account(_ settings: SMTPSettings, _ recipient: Mailbox) -> (String, MailFailure.Kind) {
        let server = "the mail server \(settings.name)"
        switch code {
        case CURLE_ABORTED_BY_CALLBACK: return ("the server stops", .interrupted)
        case CURLE_LOGIN_DENIED:
            let hint = isRefused ? "" : " (does it offer AUTH PLAIN or LOGIN?)"
            return ("\(server) does not let `\(settings.username ?? "")` in: \(said)\(hint)", .unavailable)
        case CURLE_USE_SSL_FAILED:
            return ("\(server) offers no STARTTLS, and mail is not sent in the clear: \(said)", .unavailable)
        case CURLE_PEER_FAILED_VERIFICATION:
            return (
                "\(server) cannot prove who it is: \(detail); mail.smtp.host must be a name in its certificate, "
                    + "and mail.smtp.ca_file its authority's certificate",
                .unavailable
            )
        case CURLE_SSL_CACERT_BADFILE: return ("mail.smtp.ca_file cannot be used: \(detail)", .unavailable)
        default: break
        }
        // Without a refusal in the last reply, it is the connection that failed.
        guard isRefused, code != CURLE_OPERATION_TIMEDOUT, code != CURLE_RECV_ERROR else {
            let what = code == CURLE_RECV_ERROR || code == CURLE_GOT_NOTHING ? "hung up" : "did not answer"
            let when = stage == .data ? " while it took the mail" : ""
            return ("\(server) \(what)\(when): \(detail)", .unavailable)
        }
        if status == 421 { return ("\(server) closes: \(reply)", .unavailable) }
        if [530, 534, 535, 538].contains(status) {
            let mend = settings.username == nil ? "; set mail.smtp.username and its password" : ""
            return ("\(server) wants us to sign in: \(reply)\(mend)", .unavailable)
        }
        switch stage {
        case .opening: return ("\(server) does not serve us: \(reply)", .unavailable)
        case .sender: return ("\(server) refuses the sender: \(reply); see mail.from", .unavailable)
        case .recipient:
            let hint = recipient.isInternationalised && !offersUTF8 ? " (it does not offer SMTPUTF8)" : ""
            return ("\(server) refuses the recipient: \(reply)\(hint)", status < 500 ? .temporary : .permanent)
        case .data: return ("\(server) refuses the mail: \(reply)", status < 500 ? .temporary : .permanent)
        }
    }

    private var isRefused: Bool { (400...599).contains(status) }

    private var said: String { isRefused ? reply : detail }
}
