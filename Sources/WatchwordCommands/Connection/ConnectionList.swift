import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordServer

struct ConnectionList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List the sockets that are open and authenticated.")

    @OptionGroup var which: ConnectionOptions
    @OptionGroup var output: OutputOptions

    func run() async throws {
        let answer = try await AdminDoor(which.options.instance).ask("GET", "/connections")
        guard case .success(.array(let all)) = JSON.parse(answer.body) else {
            throw StartFailure(.unavailable, "the admin listener answered something else than connections")
        }
        let realm = which.account == nil ? which.options.realm : try which.realm()
        let account = try await which.accountID()
        output.list(
            all.filter { object in
                realm.map { object["realm"]?.string == $0 } ?? true
                    && account.map { object["account_id"]?.string == $0 } ?? true
                    && which.agent.map { object["agent_id"]?.string == $0 } ?? true
            }.map(ListedConnection.init))
    }
}

/// A connection as the server told of it.
struct ListedConnection: Displayable {
    let told: Value

    static let columns = ["number", "realm", "role", "account", "agent", "address", "opened", "expires", "client"]

    var row: [String] {
        ["number", "realm", "role", "account_id", "agent_id", "address", "opened_at", "expires_at", "client"]
            .map { Text.of(told[$0] ?? .null) }
    }

    var facts: [(name: String, value: Value)] {
        guard case .object(let members) = told else { return [] }
        return members.map { ($0.name, $0.value) }
    }
}
