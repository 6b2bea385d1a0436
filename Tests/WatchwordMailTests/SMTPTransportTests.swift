import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("Mail handed to a mail server")
struct SMTPTransportTests {
    private static func transport(
        _ server: ScriptedServer, _ security: SMTPSettings.Security = .none, timeout: Int = 600
    ) -> SMTPTransport {
        var settings = SMTPSettings(host: "127.0.0.1")
        settings.port = server.port
        settings.security = security
        settings.timeout = timeout
        // However long the other tests keep this one waiting.
        settings.connectTimeout = timeout
        settings.longestIdle = 3_600
        settings.greeting = "auth.example"
        return SMTPTransport(settings)
    }

    private static func failure(_ transport: SMTPTransport, _ message: MailMessage? = nil) async -> MailFailure? {
        await #expect(throws: MailFailure.self) {
            try await transport.deliver(message ?? MailMessageTests.message())
        }
    }

    @Test("arrives as it is, line by line, and the answer to it is told")
    func delivers() async throws {
        let server = try ScriptedServer(["END": ["250-2.0.0 Ok\n250 queued as 4F9C"]])
        let message = MailMessageTests.message(text: ".\n..two\nthree\n")
        let transport = Self.transport(server)
        #expect(try await transport.deliver(message) == "250 2.0.0 Ok queued as 4F9C")
        #expect(
            server.commands == [
                "EHLO auth.example", "MAIL FROM:<no-reply@example.com>", "RCPT TO:<ada@example.com>", "DATA",
            ])
        let sent = String(decoding: message.encoded, as: UTF8.self)
        // RFC 5321 section 4.5.2.
        #expect(server.mails == [sent.replacing("\r\n.", with: "\r\n..")])
        #expect(server.mails[0].hasSuffix("\r\n\r\n..\r\n...two\r\nthree\r\n"))
        await transport.rest()
    }

    @Test("goes on the connection of the one before, until it rests")
    func reuse() async throws {
        let server = try ScriptedServer()
        let transport = Self.transport(server)
        for _ in 1...3 { try await transport.deliver(MailMessageTests.message()) }
        #expect(server.connections == 1)
        #expect(server.commands.filter { $0.hasPrefix("EHLO") }.count == 1)
        await transport.rest()
        try await transport.deliver(MailMessageTests.message())
        #expect(server.connections == 2)
        #expect(server.commands.filter { $0 == "QUIT" }.count == 1)
        #expect(server.mails.count == 4)
    }

    @Test(
        "is tried once more at once where the open connection is gone",
        arguments: [
            ["MAIL": ["250 fine", "421 idle for too long" + ScriptedServer.hangUp]],
            ["MAIL": ["250 fine", ScriptedServer.hangUp]], ["RCPT": ["250 fine", ScriptedServer.hangUp]],
            ["END": ["250 taken" + ScriptedServer.hangUp]],
        ])
    func stale(_ answers: [String: [String]]) async throws {
        let server = try ScriptedServer(answers)
        let transport = Self.transport(server)
        try await transport.deliver(MailMessageTests.message(text: "first\n"))
        #expect(try await transport.deliver(MailMessageTests.message(text: "second\n")) == "250 taken")
        #expect(server.connections == 2)
        #expect(server.mails.count == 2)
    }

    @Test("is not tried again where the server may have it")
    func unanswered() async throws {
        let server = try ScriptedServer(["END": ["250 taken", ScriptedServer.hangUp]])
        let transport = Self.transport(server)
        try await transport.deliver(MailMessageTests.message())
        let failure = await Self.failure(transport)
        #expect(failure?.kind == .unavailable)
        #expect(failure?.reason.contains("hung up while it took the mail") == true)
        #expect(server.mails.count == 2)
        #expect(server.connections == 1)
    }

    @Test("is sent once it is acknowledged, even if the connection is cut right then")
    func cut() async throws {
        let server = try ScriptedServer(["END": ["250 taken" + ScriptedServer.hangUp]])
        #expect(try await Self.transport(server).deliver(MailMessageTests.message()) == "250 taken")
    }

    @Test(
        "fails as the server says, and keeps no later one from leaving",
        arguments: [
            ("RCPT", "550-5.1.1 no\n550 such mailbox", .permanent, "550 5.1.1 no such mailbox"),
            ("RCPT", "450 4.2.0 greylisted", .temporary, "450 4.2.0 greylisted"),
            ("DATA", "554 5.7.1 no", .permanent, "554 5.7.1 no"), ("END", "554 5.7.1 spam", .permanent, "spam"),
            ("END", "452 4.3.1 full", .temporary, "452 4.3.1 full"),
            ("MAIL", "553 5.7.1 not yours", .unavailable, "see mail.from"),
            ("MAIL", "530 5.7.0 sign in", .unavailable, "mail.smtp.username"),
            ("HELLO", "554 closed", .unavailable, "does not serve us: 554 closed"),
            ("HELLO", ScriptedServer.hangUp, .unavailable, "hung up"),
            ("RCPT", "421 4.3.2 shutting down" + ScriptedServer.hangUp, .unavailable, "closes: 421"),
        ] as [(String, String, MailFailure.Kind, String)])
    func refusals(_ verb: String, _ answer: String, _ kind: MailFailure.Kind, _ words: String) async throws {
        let server = try ScriptedServer([verb: [answer]])
        let transport = Self.transport(server)
        let failure = await Self.failure(transport)
        #expect(failure?.kind == kind)
        #expect(failure?.reason.contains(words) == true, "\(failure?.reason ?? "")")
        #expect(failure?.reason.contains("127.0.0.1:\(server.port)") == true)
        #expect(try await transport.deliver(MailMessageTests.message()) == "250 taken")
    }

    @Test("says nothing to a server that does not offer TLS where it must be private")
    func privacy() async throws {
        let server = try ScriptedServer(["EHLO": ["250-scripted\n250 AUTH PLAIN LOGIN"]])
        var settings = SMTPSettings(host: "127.0.0.1")
        settings.port = server.port
        settings.username = "shop"
        settings.password = Secret("hunter2")
        let failure = await Self.failure(SMTPTransport(settings))
        #expect(failure?.kind == .unavailable)
        #expect(failure?.reason.contains("offers no STARTTLS") == true)
        #expect(server.commands.allSatisfy { $0.hasPrefix("EHLO") || $0 == "QUIT" })
        #expect(server.mails.isEmpty)
    }

    @Test("says nothing in the clear to a server elsewhere, whatever the settings are")
    func elsewhere() async throws {
        let server = try ScriptedServer()
        // It is here, but not by a name that only this machine can have.
        var settings = SMTPSettings(host: "127.1")
        settings.port = server.port
        settings.security = .none
        let failure = await Self.failure(SMTPTransport(settings))
        #expect(failure?.kind == .unavailable)
        #expect(server.mails.isEmpty)
    }

    @Test("has its domain in A-labels, and asks for SMTPUTF8 only where it needs it and it is offered")
    func internationalised() async throws {
        let offer = "250-scripted\n250 SMTPUTF8"
        let server = try ScriptedServer(["EHLO": [offer, offer]])
        let transport = Self.transport(server)
        for address in ["ada@bücher.example", "jörg@bücher.example"] {
            try await transport.deliver(MailMessageTests.message(to: address))
        }
        #expect(
            server.commands.filter { $0 != "DATA" }.dropFirst() == [
                "MAIL FROM:<no-reply@example.com>", "RCPT TO:<ada@xn--bcher-kva.example>",
                "MAIL FROM:<no-reply@example.com> SMTPUTF8", "RCPT TO:<jörg@xn--bcher-kva.example>",
            ])
        #expect(server.mails[0].utf8.allSatisfy { $0 < 0x80 })
    }

    @Test("a refused address beyond ASCII is told why, on a connection that was open as well")
    func without() async throws {
        let server = try ScriptedServer(["RCPT": ["250 fine", "501 what?"]])
        let transport = Self.transport(server)
        try await transport.deliver(MailMessageTests.message())
        let failure = await Self.failure(transport, MailMessageTests.message(to: "jörg@example.com"))
        #expect(failure?.kind == .permanent)
        #expect(failure?.reason.contains("does not offer SMTPUTF8") == true)
    }

    @Test("nothing is said where sender or recipient cannot be one")
    func addresses() async throws {
        let server = try ScriptedServer()
        let transport = Self.transport(server)
        let hostile = "a>\r\nRCPT TO:<b@example.com"
        let recipient = await Self.failure(transport, MailMessageTests.message(to: hostile))
        #expect(recipient?.kind == .permanent)
        let sender = await Self.failure(transport, MailMessageTests.message(from: Mailbox(address: hostile)))
        #expect(sender?.kind == .unavailable)
        #expect(sender?.reason.contains("mail.from") == true)
        #expect(server.connections == 0)
    }

    @Test("ends with the task that waits for it", arguments: ["HELLO", "EHLO", "RCPT"])
    func cancelled(_ verb: String) async throws {
        let server = try ScriptedServer([verb: [ScriptedServer.silence]])
        let transport = Self.transport(server)
        let kind = await withTaskGroup(of: MailFailure.Kind?.self) { group in
            // A child of the group, so that it can be cancelled.
            group.addTask {
                do { try await transport.deliver(MailMessageTests.message()) } catch let failure as MailFailure {
                    return failure.kind
                } catch {}
                return nil
            }
            while verb == "HELLO" ? server.connections == 0 : !server.commands.contains(where: { $0.hasPrefix(verb) }) {
                await Task.yield()
            }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(kind == .interrupted)
        #expect(server.mails.isEmpty)
    }

    @Test("does not wait for ever, and finds a server that is not there", arguments: ["HELLO", "END"])
    func silent(_ verb: String) async throws {
        let server = try ScriptedServer([verb: [ScriptedServer.silence]])
        let failure = await Self.failure(Self.transport(server, timeout: 1))
        #expect(failure?.kind == .unavailable)
        #expect(failure?.reason.contains("did not answer") == true)
        server.stop()
        let away = await Self.failure(Self.transport(server))
        #expect(away?.kind == .unavailable)
    }
}
