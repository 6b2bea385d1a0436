import CCurl
import Glibc
import WatchwordCore

/// A libcurl handle that speaks to one mail server and keeps its connection for the next mail.
/// It blocks, and is used by one thread at a time: that of its transport.
final class SMTPConnection {
    private let handle: UnsafeMutableRawPointer
    private let timeout: Int
    /// Where libcurl says in words what went wrong.
    private let words = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))
    /// Of the connection that is open: an exchange on it sees no EHLO.
    private var offersUTF8 = false

    /// Nothing if libcurl cannot be used.
    init?(_ settings: SMTPSettings) {
        guard let handle = curl_easy_init() else { return nil }
        self.handle = handle
        timeout = settings.timeout
        watchword_curl_text(handle, CURLOPT_URL, settings.url)
        watchword_curl_text(handle, CURLOPT_PROTOCOLS_STR, "smtp,smtps")
        watchword_curl_text(handle, CURLOPT_PROXY, "")
        watchword_curl_long(handle, CURLOPT_NOSIGNAL, 1)
        watchword_curl_long(handle, CURLOPT_UPLOAD, 1)
        watchword_curl_long(handle, CURLOPT_MAXAGE_CONN, settings.longestIdle)
        watchword_curl_long(handle, CURLOPT_TIMEOUT, settings.timeout)
        watchword_curl_long(handle, CURLOPT_CONNECTTIMEOUT, min(settings.timeout, settings.connectTimeout))
        // At least TLS 1.2 (RFC 8997). The server's certificate and name are checked unless libcurl is told not to.
        watchword_curl_long(handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        let isOpen = settings.security == .none && settings.isLoopback
        watchword_curl_long(
            handle, CURLOPT_USE_SSL, Int((isOpen ? CURLUSESSL_NONE : CURLUSESSL_ALL).rawValue))
        if let file = settings.authorityFile { watchword_curl_text(handle, CURLOPT_CAINFO, file) }
        if let username = settings.username, let password = settings.password {
            watchword_curl_text(handle, CURLOPT_USERNAME, username)
            watchword_curl_text(handle, CURLOPT_PASSWORD, password.revealed)
            watchword_curl_text(handle, CURLOPT_LOGIN_OPTIONS, "AUTH=PLAIN;AUTH=LOGIN")
        }
        watchword_curl_sink_to(handle, CURLOPT_READFUNCTION) { bytes, size, count, context in
            SMTPExchange.of(context)?.read(into: bytes, room: size * count) ?? 0
        }
        watchword_curl_long(handle, CURLOPT_NOPROGRESS, 0)
        watchword_curl_pulse_to(handle) { context, _, _, _, _ in
            guard let exchange = SMTPExchange.of(context), exchange.shouldStop() else { return 0 }
            // libcurl still says goodbye, and waits for an answer to that.
            watchword_curl_long(exchange.handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, 1)
            return 1
        }
        watchword_curl_long(handle, CURLOPT_VERBOSE, 1)
        watchword_curl_witness_to(handle) { _, kind, bytes, count, context in
            let seen = UnsafeRawBufferPointer(start: bytes, count: count)
            if kind == CURLINFO_HEADER_OUT { SMTPExchange.of(context)?.sent(seen) }
            if kind == CURLINFO_HEADER_IN { SMTPExchange.of(context)?.received(seen) }
            return 0
        }
        watchword_curl_pointer(handle, CURLOPT_ERRORBUFFER, words)
    }

    deinit {
        // QUIT is sent, and what the server says to it not waited for: libcurl finds that nothing comes any more.
        var socket = CURL_SOCKET_BAD
        watchword_curl_socket(handle, &socket)
        if socket != CURL_SOCKET_BAD { shutdown(socket, Int32(SHUT_RD)) }
        for option in [CURLOPT_XFERINFODATA, CURLOPT_DEBUGDATA, CURLOPT_READDATA, CURLOPT_ERRORBUFFER] {
            watchword_curl_pointer(handle, option, nil)
        }
        curl_easy_cleanup(handle)
        words.deallocate()
    }

    /// Hands the mail over; on a connection that turns out to be gone, once more on a new one.
    /// `sender` and `recipient` are in the form of the wire.
    func send(
        _ message: [UInt8], from sender: String, to recipient: String, _ interruption: Interruption
    ) -> SMTPResult {
        let result = perform(message, sender, recipient, interruption)
        guard result.isStale else { return result }
        watchword_curl_long(handle, CURLOPT_FRESH_CONNECT, 1)
        defer { watchword_curl_long(handle, CURLOPT_FRESH_CONNECT, 0) }
        return perform(message, sender, recipient, interruption)
    }

    private func perform(
        _ message: [UInt8], _ sender: String, _ recipient: String, _ interruption: Interruption
    ) -> SMTPResult {
        let exchange = SMTPExchange(message: message, interruption: interruption, handle: handle)
        watchword_curl_long(handle, CURLOPT_SERVER_RESPONSE_TIMEOUT, timeout)
        let context = Unmanaged.passUnretained(exchange).toOpaque()
        for option in [CURLOPT_XFERINFODATA, CURLOPT_DEBUGDATA, CURLOPT_READDATA] {
            watchword_curl_pointer(handle, option, context)
        }
        watchword_curl_size(handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(message.count))
        watchword_curl_text(handle, CURLOPT_MAIL_FROM, sender)
        let recipients = curl_slist_append(nil, recipient)
        defer { curl_slist_free_all(recipients) }
        watchword_curl_pointer(handle, CURLOPT_MAIL_RCPT, recipients)
        words[0] = 0
        let code = withExtendedLifetime(exchange) { curl_easy_perform(handle) }
        watchword_curl_pointer(handle, CURLOPT_MAIL_RCPT, nil)
        var connects = 0
        watchword_curl_connects(handle, &connects)
        if connects > 0 { offersUTF8 = exchange.offersUTF8 }
        let said = String(cString: words)
        return SMTPResult(
            code: code, stage: exchange.stage, status: exchange.status, reply: exchange.reply,
            detail: said.isEmpty ? String(cString: curl_easy_strerror(code)) : said,
            isAcknowledged: exchange.isAcknowledged, isReused: connects == 0, offersUTF8: offersUTF8)
    }
}
