import Foundation
import Testing
import WatchwordCore
import WatchwordMail
import WatchwordTestKit

@testable import WatchwordServer

@Suite("Mail in watchword.yaml")
struct MailConfigurationTests {
    private static func load(_ text: String, _ environment: [String: String] = [:]) throws -> Configuration {
        try Configuration.load(bytes: Array(text.utf8), file: "watchword.yaml", environment: environment)
    }

    @Test("names a mail server, the password's file and whom each realm writes as")
    func whole() throws {
        let folder = try TemporaryDirectory()
        try Data("s3cret word\nsecond line\n".utf8).write(to: URL(fileURLWithPath: folder.file("password")))
        try Data("PEM".utf8).write(to: URL(fileURLWithPath: folder.file("ca.pem")))
        let configuration = try Self.load(
            """
            mail:
              transport: smtp
              from: Shop <no-reply@example.com>
              reply_to: help@example.com
              smtp: {host: mail.example.com, port: 2525, security: tls, username: shop, timeout_seconds: 12,
                password_file: \(folder.file("password")), ca_file: \(folder.file("ca.pem"))}
            realms:
              authspec: {}
              vsay: {mail: {from: "\\"Vsay, Inc.\\" <vsay@example.org>", reply_to: ask@example.org, templates: /etc/mails}}
            """)
        var smtp = SMTPSettings(host: "mail.example.com")
        smtp.port = 2_525
        smtp.security = .tls
        smtp.username = "shop"
        smtp.password = Secret("s3cret word")
        smtp.authorityFile = folder.file("ca.pem")
        smtp.timeout = 12
        #expect(configuration.mail.smtp == smtp)
        #expect(configuration.realms[0].mail.from == Mailbox(name: "Shop", address: "no-reply@example.com"))
        #expect(configuration.realms[0].mail.replyTo == Mailbox(address: "help@example.com"))
        #expect(configuration.realms[0].mail.templates == nil)
        #expect(configuration.realms[1].mail.from == Mailbox(name: "Vsay, Inc.", address: "vsay@example.org"))
        #expect(configuration.realms[1].mail.replyTo == Mailbox(address: "ask@example.org"))
        #expect(configuration.realms[1].mail.templates == "/etc/mails")
        #expect(!"\(configuration)".contains("s3cret"))
    }

    @Test("takes the password from its variable, and the port from the kind of connection")
    func variable() throws {
        let text = "mail: {transport: smtp, from: a@example.com, smtp: {host: localhost, username: shop}}\n"
        let smtp = try #require(try Self.load(text, ["SMTP_PASSWORD": "s3cret"]).mail.smtp)
        #expect(smtp.password == Secret("s3cret"))
        #expect(smtp.effectivePort == 587)
        let ports = [("tls", 465), ("none", 25)]
        for (security, port) in ports {
            let text = "mail: {transport: smtp, from: a@example.com, smtp: {host: localhost, security: \(security)}}\n"
            #expect(try Self.load(text).mail.smtp?.effectivePort == port)
        }
    }

    @Test(
        "stops where mail would go nowhere, in the clear, or by nobody's leave",
        arguments: [
            (
                "mail: {transport: smtp, from: a@example.com}\n",
                ["1:19: error: `mail.transport: smtp` needs `mail.smtp.host`, the mail server's name"]
            ),
            (
                "mail: {smtp: {host: mail.example.com}}\n",
                ["1:21: error: a mail server that no mail goes to: add `mail.transport: smtp`"]
            ),
            (
                "mail: {transport: sendmail}\n",
                ["1:19: error: `mail.transport: sendmail` needs `mail.from`, or realm `aethermind` one of its own"]
            ),
            (
                "mail: {transport: smtp, from: a@example.com, smtp: {host: mail.example.com, security: none}}\n",
                [
                    "1:87: error: mail to `mail.example.com` would go in the clear, with links that open accounts: "
                        + "`none` is for a server on this machine; use `starttls` or `tls`"
                ]
            ),
            (
                "mail: {transport: smtp, from: a@example.com, smtp: {host: localhost, username: u}}\n",
                [
                    "1:80: error: `mail.smtp.username` needs a password: set `mail.smtp.password_file` or the variable SMTP_PASSWORD"
                ]
            ),
            (
                "mail: {transport: smtp, from: a@example.com, smtp: {host: localhost, password: hunter2}}\n",
                [
                    "1:70: error: unknown key `mail.smtp.password`: secrets do not stand here; use `password_file` or the variable SMTP_PASSWORD"
                ]
            ),
            (
                "mail: {transport: smtp, from: a@example.com, smtp: {host: localhost, username: u, password_file: /none}}\n",
                ["1:98: error: cannot read /none: name a file that this user may read"]
            ),
            (
                "mail: {from: Shop}\n",
                [
                    "1:14: error: `mail.from` must be an address such as `no-reply@example.com` or `Shop <no-reply@example.com>`, not `Shop`"
                ]
            ),
            (
                "mail: {transport: smpt}\n",
                ["1:19: error: `mail.transport` must be `log` or `file` or `smtp` or `sendmail`, not `smpt`"]
            ),
        ] as [(String, [String])])
    func stops(_ text: String, _ expected: [String]) {
        #expect(mistakes(in: text) == expected.map { "watchword.yaml:\($0)" })
    }

    @Test(
        "greets mail servers by the public name, if it is one",
        arguments: [
            ("https://auth.example.com", "auth.example.com"), ("https://auth.example.com:8443", "auth.example.com"),
            ("http://localhost:3001", nil), ("https://192.0.2.1", nil), ("https://[2001:db8::1]:1", nil),
        ] as [(String, String?)])
    func greeting(_ origin: String, _ host: String?) { #expect(OpenRealm.host(of: origin) == host) }
}
