import ArgumentParser
import NIOCore
import NIOPosix

/// Makes two accounts through the API: the owner with an agent and a key for each connection, and a watcher.
struct Prepare: AsyncParsableCommand {
    @OptionGroup var target: Target
    @Option(help: "How many agents.") var agents = 10_000

    struct Unexpected: Error { var answer: String }

    func run() async throws {
        let group = MultiThreadedEventLoopGroup.singleton
        let port = target.port
        let watcher = try await Self.token(of: Target.watcher, port)
        let owner = try await Self.token(of: Target.owner, port)
        let workers = min(32, agents)
        // Each on a connection of its own: the store commits what comes at once together.
        let keys = try await withThrowingTaskGroup(of: [String].self) { tasks in
            for worker in 0..<workers {
                let share = stride(from: worker, to: agents, by: workers)
                tasks.addTask {
                    try await HTTPConnection.with(port: port, on: group) { connection in
                        var keys: [String] = []
                        for number in share { keys.append(try await Self.key(number, owner, &connection)) }
                        return keys
                    }
                }
            }
            return try await tasks.reduce(into: []) { $0 += $1 }
        }
        try Keys(watcher: watcher, owner: owner, agents: keys).write(to: target.keys)
        print("\(keys.count) agents, each with a key")
    }

    private static func token(of email: String, _ port: Int) async throws -> String {
        let body =
            #"{"email":"\#(email)","username":"\#(Target.name(email))","password":"\#(Target.password)","#
            + #""password_confirm":"\#(Target.password)"}"#
        return try await HTTPConnection.with(port: port, on: MultiThreadedEventLoopGroup.singleton) {
            let answer = try await $0.request("POST", "/api/v1/auth/register", body: body)
            guard answer.status == 201, let token = answer.body.member("access_token") else {
                throw Unexpected(answer: answer.body)
            }
            return token
        }
    }

    private static func key(_ number: Int, _ token: String, _ connection: inout HTTPConnection) async throws -> String {
        let made = try await connection.request(
            "POST", "/api/v1/servers", token: token, body: #"{"name":"server-\#(number)"}"#)
        guard let id = made.body.member("id") else { throw Unexpected(answer: made.body) }
        let answer = try await connection.request(
            "POST", "/api/v1/api-keys", token: token, body: #"{"server_id":"\#(id)","name":"bench"}"#)
        guard let key = answer.body.member("key") else { throw Unexpected(answer: answer.body) }
        return key
    }
}
