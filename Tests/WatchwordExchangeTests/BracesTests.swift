import Testing
import WatchwordCore

@testable import WatchwordExchange

@Suite("Braces")
struct BracesTests {
    @Test("are filled where there is something, and stay where there is not")
    func filling() {
        let filled = Braces.filled("a {{x}} {{y}} {{x}}b {not} {{ {{x}}") { $0 == "x" ? "1" : nil }
        #expect(filled == "a 1 {{y}} 1b {not} {{ 1")
    }

    @Test("alone in a text are told from braces in it")
    func alone() {
        #expect(Braces.only("{{jwt > token}}") == "jwt > token")
        #expect(Braces.only("x{{jwt}}") == nil)
        #expect(Braces.only("{{a}}{{b}}") == nil)
        #expect(Braces.only("{{}}") == nil)
    }

    @Test("put the same person and kept values in, and say what is missing")
    func conversation() async throws {
        let conversation = Conversation(client: CurlClient(origin: "http://127.0.0.1:1"), mailbox: nil, unique: "xyz")
        #expect(
            try await conversation.filled("{{unique}}@example.com {{UNIQUE}} {{fill 3}}") == "xyz@example.com XYZ aaa")
        #expect(try await conversation.filled("{{any}} {{jwt > token}}") == "{{any}} {{jwt > token}}")
        await #expect(throws: Conversation.Missing.self) { try await conversation.filled("{{mail.verify}}") }
        await #expect(throws: Conversation.Missing.self) { try await conversation.filled("{{tampered token}}") }
    }

    @Test("tamper with the signature of a token and near the end of a key")
    func tampering() {
        #expect(Conversation.tampered("aa.bb.cc") == "aa.bb.0c")
        #expect(Conversation.tampered("aa.bb.0c") == "aa.bb.1c")
        #expect(Conversation.tampered("keykey") == "keyk0y")
        #expect(Conversation.tampered("") == "")
    }

    @Test("of mail take the token of the right kind and person")
    func mail() {
        let message = "To: xyz@example.com\r\nSubject: x\r\n\r\nhttps://h/reset-password?token=3Dab=\r\nc-1\r\n"
        #expect(Mailbox.token("reset", to: "xyz@example.com", in: message) == "abc-1")
        #expect(Mailbox.token("verify", to: "xyz@example.com", in: message) == nil)
        #expect(Mailbox.token("reset", to: "other@example.com", in: message) == nil)
    }

    @Test("make a name that is new each time")
    func unique() {
        let names = Set((0..<20).map { _ in Conversation.freshUnique(SystemRandom()) })
        #expect(names.count == 20)
        #expect(names.allSatisfy { $0.count == 12 && $0.first == "x" })
    }
}
