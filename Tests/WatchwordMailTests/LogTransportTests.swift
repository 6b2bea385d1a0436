import Testing
import WatchwordCore

@testable import WatchwordMail

@Suite("Mail told in the log")
struct LogTransportTests {
    @Test(
        "an address is told so that its owner knows it",
        arguments: [
            ("ada@example.com", "a***@example.com"), ("a@b", "a***@b"), ("ü@bücher.example", "ü***@bücher.example"),
            ("@example.com", "***"), ("nobody", "***"), ("", "***"), ("a\n@b", "a***@b"),
        ])
    func masked(_ address: String, _ expected: String) { #expect(LogTransport.masked(address) == expected) }

    @Test("says where to read it, and nothing of what it says")
    func quiet() async throws {
        let logs = RecordingLog()
        let message = MailMessageTests.message(
            subject: "Subject of it", text: "https://a.example/reset?token=s3cret\n", html: "<p>s3cret</p>\n")
        #expect(try await LogTransport(logger: logs.logger).deliver(message) == "it waits to be read")
        let line = try #require(logs.lines.first)
        #expect(logs.lines.count == 1)
        #expect(line.contains("`watchword mail show m1 --realm shop`"))
        for hidden in ["s3cret", "https", "Subject of it", "ada@"] { #expect(!line.contains(hidden)) }
    }
}
