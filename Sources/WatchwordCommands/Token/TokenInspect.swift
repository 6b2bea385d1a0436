import ArgumentParser
import FoundationEssentials
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct TokenCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "token", abstract: "Look at tokens.", subcommands: [TokenInspect.self])
}

extension TokenInspection: Displayable {
    static var columns: [String] { ["kind", "account", "session", "expires", "refusal"] }

    var row: [String] {
        [
            Text.of(kind?.rawValue), Text.of(account?.id.text), Text.of(session?.id.text), Text.of(expiresAt),
            Text.of(refusal?.rawValue),
        ]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("kind", Value(kind?.rawValue)), ("good", .bool(refusal == nil)), ("refusal", Value(refusal?.rawValue)),
            ("account_id", Value(account?.id.text)), ("email", Value(account?.email)),
            ("session_id", Value(session?.id.text)), ("api_key_id", Value(apiKey?.id.text)),
            ("expires_at", Value(expiresAt)),
        ]
    }
}

struct TokenInspect: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "inspect", abstract: "Say what a token or key is and whether it is good.",
        discussion: """
            The token is read from a file or standard input, never from an argument, which every user of the \
            machine could read. Nothing is used up. Exits 65 if it opens nothing.
            """)

    @Argument(help: ArgumentHelp("A file that holds it; - for standard input.", valueName: "file"))
    var source = "-"
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let text = try token()
        let isGood = try await options.withRealm { realm in
            let inspection = try await realm.administration.inspect(text)
            output.show(inspection)
            return inspection.refusal == nil && inspection.kind != nil
        }
        if !isGood { throw ExitCode(StartFailure.ExitCode.data.rawValue) }
    }

    private func token() throws -> Secret {
        var bytes: [UInt8]
        if source == "-" {
            bytes = StandardInput.read(limit: 65_536, upToLineEnd: true)
        } else if let data = FileManager.default.contents(atPath: source) {
            bytes = Array(data.prefix(65_536))
        } else {
            throw StartFailure(
                .usage, "cannot read that file", mend: "give the token on standard input, or name a file that holds it")
        }
        let isBlank: (UInt8) -> Bool = { $0 == 0x20 || (0x09...0x0D).contains($0) }
        bytes = Array(bytes.drop(while: isBlank))
        while let last = bytes.last, isBlank(last) { bytes.removeLast() }
        return Secret(bytes)
    }
}
