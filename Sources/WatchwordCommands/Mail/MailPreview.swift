import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordMail
import WatchwordServer

extension Mail.Kind: ExpressibleByArgument {}

struct MailPreview: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Print a message of a kind as the realm's templates write it, with made-up facts.",
        discussion: "Needs no server. With `--html` into a file, a browser shows it.")

    @Argument(help: "The kind of message.") var kind: Mail.Kind
    @Flag(help: "Print its HTML and nothing else.") var html = false
    @Flag(help: "Of address_changed, the one to the address that the account had until then.") var former = false
    @Flag(help: "Of verify, the one that somebody asked for, in the place of the one that comes with signing up.")
    var requested = false
    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func validate() throws {
        if former, kind != .addressChanged { throw ValidationError("--former is for address_changed only") }
        if requested, kind != .verify { throw ValidationError("--requested is for verify only") }
    }

    func run() async throws {
        try await options.withRealm { realm in
            let content = MailContent.sample(
                kind, publicURL: realm.engine.realm.publicURL, isFormer: former, isRequested: requested)
            let rendered = realm.mailWriter.renderer.render(content)
            if html { return Output.write(rendered.html ?? "", to: 1) }
            if output.json {
                return Output.json(
                    .object([
                        Value.Member("kind", .string(kind.rawValue)),
                        Value.Member("subject", .string(rendered.subject)),
                        Value.Member("body", .string(rendered.text)), Value.Member("html", Value(rendered.html)),
                    ]))
            }
            Output.line("Subject: \(rendered.subject)\n")
            Output.write(rendered.text, to: 1)
        }
    }
}
