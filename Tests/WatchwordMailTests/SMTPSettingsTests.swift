import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("How a mail server is spoken to")
struct SMTPSettingsTests {
    @Test("only names and addresses that this machine alone can have are loopback")
    func loopback() {
        for host in ["localhost", "127.0.0.1", "127.255.0.9", "::1"] { #expect(SMTPSettings(host: host).isLoopback) }
        for host in [
            "127.example.com", "127.0.0.1.example.com", "127.0.0.x", "127.0.0.256", "127.0.0.", "127.0.0.+1", "127.1",
            "128.0.0.1", "localhost.example.com", "mail.example.com", "::2", "", "10.0.0.1",
        ] {
            #expect(!SMTPSettings(host: host).isLoopback, "\(host)")
        }
    }

    @Test("the port is the one that goes with the way, unless another is said")
    func ports() {
        var settings = SMTPSettings(host: "mail.example.com")
        for (security, port) in [(SMTPSettings.Security.starttls, 587), (.tls, 465), (.none, 25)] {
            settings.security = security
            settings.port = nil
            #expect(settings.effectivePort == port)
            settings.port = 2_525
            #expect(settings.effectivePort == 2_525)
            #expect(settings.name == "mail.example.com:2525")
        }
    }

    @Test("libcurl is told the way by the scheme, and our greeting by the path")
    func url() {
        var settings = SMTPSettings(host: "mail.example.com")
        #expect(settings.url == "smtp://mail.example.com:587/")
        settings.security = .tls
        settings.greeting = "auth.example.com"
        #expect(settings.url == "smtps://mail.example.com:465/auth.example.com")
        settings.host = "::1"
        #expect(settings.url == "smtps://[::1]:465/auth.example.com")
    }

    @Test("its password is in no description of it")
    func secret() {
        var settings = SMTPSettings(host: "mail.example.com")
        settings.password = Secret("hunter2")
        var text = "\(settings)"
        dump(settings, to: &text)
        #expect(!text.contains("hunter2"))
    }
}
