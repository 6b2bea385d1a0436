import ArgumentParser
import WatchwordCore
import WatchwordEngine
import WatchwordServer

struct AccountHashes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "hashes",
        abstract: "Count how passwords are kept: as this server does today, or as an old system did.",
        discussion: "A sign-in makes an old hash current. When only `current` is left, `accept: passwords` can go.")

    @OptionGroup var options: RealmOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        try await options.withRealm { realm in
            let counts = try await realm.administration.passwordKinds()
            output.list(counts.map { HashCount(kind: $0.key, count: $0.value) }.sorted { $0.order < $1.order })
        }
    }
}

private struct HashCount: Displayable {
    var kind: PasswordKind
    var count: Int64

    static let columns = ["password", "accounts"]
    var row: [String] { [kind.text, String(count)] }
    var facts: [(name: String, value: Value)] { [("password", .string(kind.text)), ("accounts", .int(count))] }
    /// Ours first, none last.
    var order: String {
        switch kind {
        case .current: "0"
        case .old(let format): "1" + format.rawValue
        case .unknown: "2"
        case .none: "3"
        }
    }
}

/// An account and how its password is kept, which an operator who moved here wants to see change.
struct KeptAccount<Shown: Displayable>: Displayable {
    var shown: Shown
    var password: PasswordKind

    static var columns: [String] { Shown.columns + ["password"] }
    var row: [String] { shown.row + [password.text] }
    var facts: [(name: String, value: Value)] { shown.facts + [("password", .string(password.text))] }
}
