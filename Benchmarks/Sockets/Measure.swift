import ArgumentParser
import NIOCore
import NIOPosix

/// Opens the agents, holds them idle, and shuts their account out: once by command, once by a request.
struct Measure: AsyncParsableCommand {
    @OptionGroup var target: Target
    @Option(help: "The server's process.") var process: Int32
    @Option(help: "The program, for `account disable`.") var program: String
    @Option(help: "The server's configuration.") var config: String
    @Option(help: "Seconds to be idle.") var idle = 30
    @Option(help: "Agents that are connecting at once.") var parallel = 64

    func run() async throws {
        // A thread for the agents and one for the checks: what the first is busy with must not be taken for latency.
        let agents = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let checks = MultiThreadedEventLoopGroup(numberOfThreads: 1)
        let keys = try Keys(from: target.keys)
        let outcome: Result<Void, any Error>
        do {
            outcome = .success(try await rounds(keys, agents.next(), checks))
        } catch {
            outcome = .failure(error)
        }
        try await agents.shutdownGracefully()
        try await checks.shutdownGracefully()
        try outcome.get()
    }

    private func rounds(_ keys: Keys, _ loop: any EventLoop, _ checks: any EventLoopGroup) async throws {
        func timed<Result: Sendable>(_ work: @Sendable () async throws -> Result) async throws
            -> (result: Result, latency: Latency)
        {
            try await Latency.during(target.port, token: keys.watcher, on: checks, work)
        }
        let count = Double(keys.agents.count)
        let alone = try await timed { try await Task.sleep(for: .seconds(5)) }
        show("check latency, no agents", alone.latency.text)

        // Pages of code, and what is made once, are not a connection's.
        let few = Ends()
        _ = try await connect(Array(keys.agents.prefix(200)), loop, few)
        _ = try await shutOut(few)
        try await Task.sleep(for: .seconds(2))
        let before = try ServerFigures(of: process)
        show("server before", before.text)

        let ends = Ends()
        let storm = try await timed { try await connect(keys.agents, loop, ends) }
        show("connect and authenticate", "\(keys.agents.count) agents, \((count / storm.result.seconds).text) a second")
        show("check latency meanwhile", storm.latency.text)

        try await Task.sleep(for: .seconds(2))
        let begin = try ServerFigures(of: process)
        try await Task.sleep(for: .seconds(idle))
        let end = try ServerFigures(of: process)
        show("server with all of them", end.text)
        let resident = Double(end.resident - before.resident) / count
        let anonymous = Double(end.anonymous - before.anonymous) / count
        show("memory of an agent", "\(resident.text) KiB resident, \(anonymous.text) KiB anonymous")
        show("processor while idle", "\(((end.processor - begin.processor) * 100 / Double(idle)).text) % of a core")
        show("open after \(idle) s", "\(ends.tally.open)")
        let quiet = try await timed { try await Task.sleep(for: .seconds(5)) }
        show("check latency, agents idle", quiet.latency.text)

        let closing = try await timed { try await shutOut(ends) }
        show("account disabled by command", closing.result.text(ends.tally))
        show("check latency meanwhile", closing.latency.text)
        try await Task.sleep(for: .seconds(2))
        show("server after", try ServerFigures(of: process).text)

        let again = Ends()
        let back = try await timed { try await connect(keys.agents, loop, again) }
        show("all of them come back", "\((count / back.result.seconds).text) a second")
        let deletion = try await timed { try await delete(again, checks) }
        show("account deleted by a request", deletion.result.text(again.tally))
        show("check latency meanwhile", deletion.latency.text)
        try await Task.sleep(for: .seconds(2))
        show("server at the end", try ServerFigures(of: process).text)
    }

    /// Connects them all; gives how long it took.
    private func connect(_ agents: [String], _ loop: any EventLoop, _ ends: Ends) async throws -> Duration {
        let port = target.port
        let workers = min(parallel, agents.count)
        return try await ContinuousClock().measure {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for worker in 0..<workers {
                    let share = stride(from: worker, to: agents.count, by: workers)
                    // Many at once, as after the restart of a server.
                    tasks.addTask {
                        for index in share { try await AgentHandler.connect(agents[index], port: port, on: loop, ends) }
                    }
                }
                try await tasks.waitForAll()
            }
        }
    }

    /// Disables the owner's account, waits for the last close, and enables the account again.
    private func shutOut(_ ends: Ends) async throws -> Revocation {
        var revocation = Revocation()
        try await command("disable")
        revocation.acknowledged = .now()
        try await ends.none(within: .seconds(60))
        try await command("enable")
        return revocation
    }

    /// Deletes the owner's account as its owner would.
    private func delete(_ ends: Ends, _ group: any EventLoopGroup) async throws -> Revocation {
        try await HTTPConnection.with(port: target.port, on: group) { connection in
            let answer = try await connection.request(
                "POST", "/api/v1/auth/login", type: "application/x-www-form-urlencoded",
                body: "username=\(Target.name(Target.owner))&password=\(Target.password)")
            var revocation = Revocation()
            _ = try await connection.request("DELETE", "/account", token: answer.body.member("access_token"))
            revocation.acknowledged = .now()
            try await ends.none(within: .seconds(60))
            return revocation
        }
    }

    private func command(_ verb: String) async throws {
        try await Command.run([program, "account", verb, Target.owner, "--config", config])
    }

    private func show(_ name: String, _ text: String) {
        print(name + String(repeating: " ", count: max(1, 32 - name.count)) + text)
    }
}
