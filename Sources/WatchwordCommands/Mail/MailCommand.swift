import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct MailCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "mail", abstract: "Look at the outbox, and try how mail is written and sent.",
        subcommands: [
            MailList.self, MailShow.self, MailRetry.self, MailDrop.self, MailPreview.self, MailTest.self,
        ])
}

extension Mail: Displayable {
    static var columns: [String] { ["id", "kind", "to", "state", "attempts", "created", "last error"] }

    var state: String { sentAt != nil ? "sent" : dead ? "dead" : "due" }

    var row: [String] {
        [
            id.text, kind.rawValue, Text.of(recipient), state, String(attempts), Text.of(createdAt), Text.of(lastError),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("id", .string(id.text)), ("kind", .string(kind.rawValue)), ("to", .string(recipient)),
            ("account_id", Value(accountID?.text)), ("state", .string(state)), ("attempts", .int(attempts)),
            ("created_at", Value(createdAt)), ("due_at", Value(dueAt)), ("sent_at", Value(sentAt)),
            ("last_error", Value(lastError)),
        ]
    }
}

extension OpenRealm {
    /// The message of that id. Throws `StartFailure` if there is none.
    func mail(_ id: Mail.ID) async throws -> Mail {
        guard let mail = try await engine.store.read({ try $0.mail(id) }) else {
            throw StartFailure(
                .noSuch, "there is no message `\(id.text)`",
                mend: "`watchword mail list` shows the newest; sent ones are removed after a day")
        }
        return mail
    }
}
