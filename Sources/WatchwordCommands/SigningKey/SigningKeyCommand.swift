import ArgumentParser
import WatchwordCore
import WatchwordServer

struct SigningKeyCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing-key", abstract: "List and rotate the key pairs that tokens are signed with.",
        subcommands: [SigningKeyList.self, SigningKeyRotate.self])
}

extension SigningKeyStanding: Displayable {
    static var columns: [String] { ["key", "kid", "algorithm", "state", "signs from", "verifies until"] }

    var row: [String] {
        [name, id, algorithm.rawValue, state.rawValue, Text.of(signsFrom), Text.of(verifiesUntil)]
    }

    var facts: [(name: String, value: Value)] {
        [
            ("key", .string(name)), ("kid", .string(id)), ("algorithm", .string(algorithm.rawValue)),
            ("state", .string(state.rawValue)), ("signs_from", Value(signsFrom)),
            ("verifies_until", Value(verifiesUntil)),
        ]
    }
}

struct SigningKeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the key pairs that sign, verify or soon will.",
        discussion: "Shared secrets, of HS256 and its like, are not listed: they have no public half and no id.")

    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in output.list(try await realm.signingKeyStandings()) }
    }
}

struct SigningKeyRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Publish the next key of a key pair's name, to sign after the overlap.",
        discussion: """
            The next key appears in the key set at once and signs after the overlap that the dialect states, so that \
            whoever keeps the set has learned of it; then the old one verifies until its last token is past its end. \
            Running servers need no restart.
            """)

    @Option(help: ArgumentHelp("The key's name in the dialect; needed where there are several.", valueName: "name"))
    var key: String?

    @Flag(help: "Sign with it as soon as every server knows it, in some seconds, though verifiers may not yet.")
    var now = false

    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            switch try await realm.rotateSigningKey(key, soon: now) {
            case .published(let id, let signsFrom):
                output.json
                    ? Output.json(
                        .object([.init("kid", .string(id)), .init("signs_from", Value(signsFrom))]))
                    : Output.line("\(id) signs from \(Text.of(signsFrom))")
            case .given:
                throw StartFailure(
                    .configuration, "that key is read from a variable",
                    mend:
                        "put the new key before the old one there and start the server again: the first signs, all verify"
                )
            case .unknown(let names) where names.isEmpty:
                throw StartFailure(
                    .noSuch, "realm `\(realm.name)` signs with no key pair",
                    mend: "a shared secret is changed where it is kept, which ends every session")
            case .unknown(let names):
                throw StartFailure(
                    .usage,
                    key.map { "realm `\(realm.name)` has no key pair `\($0)`" } ?? "several key pairs: say which",
                    mend: "add --key with one of \(names.joined(separator: ", "))")
            }
        }
    }
}
