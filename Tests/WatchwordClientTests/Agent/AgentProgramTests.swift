import NIOCore
import NIOWebSocket
import Synchronization
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordRelay
import WatchwordTestKit

@testable import WatchwordClient

@Suite("The agent's program against a server", .timeLimit(.minutes(15)))
struct AgentProgramTests {
    /// Gives the id 7 to whoever has none, and knows the ids given.
    static func registrar(knows: Set<String> = ["7"]) -> @Sendable (WireRequest) -> WireResponse {
        { request in
            guard request.method == "POST", request.path == "/api/agents/register" else {
                return WireResponse(status: 404)
            }
            guard case .success(let body) = JSON.parse(request.body) else { return .json(400, "{}") }
            if let id = body["agent_id"]?.string, !knows.contains(id) { return .json(404, #"{"error":"Not found"}"#) }
            let id = body["agent_id"]?.string ?? "7"
            return .json(201, #"{"agent_id":"\#(id)","name":"build-7"}"#)
        }
    }

    static func backoff() -> ClosedRange<Duration> { .milliseconds(400)...(.seconds(15)) }

    // MARK: Registering

    @Test("it registers as the dialect says, is the same agent on the next start, and keeps no key")
    func registers() async throws {
        let bench = try AgentBench()
        let starts = [Mark(), Mark()]
        let started = Mutex(0)
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { peer in
            guard try await peer.relay() != nil else { return }
            starts[
                started.withLock {
                    $0 += 1; return $0 - 1
                }
            ].reached()
            while try await peer.next() != nil {}
        }
        try await FakeServer.with(script) { server in
            for start in 0...1 {
                try await bench.run(against: server) { await starts[start].wait() }
                let register = try #require(server.requests.dropFirst(2 * start).first)
                #expect(register.header("x-api-key") == AgentBench.key)
                #expect(register.header("host") == "127.0.0.1:\(server.port)")
                let body = try JSON.parse(register.body).get()
                #expect(body["name"] == .string("build-7"))
                #expect(body["agent_id"] == (start == 0 ? nil : .string("7")))
                let socket = try #require(server.requests.last)
                #expect(socket.path == "/api/agents/7/ws")
                #expect(socket.header("x-api-key") == AgentBench.key)
                #expect(socket.header("sec-websocket-protocol") == RelayFrame.subprotocol)
            }
        }
        #expect(bench.lines.count("registered build-7 as agent 7") == 1)
        #expect(bench.lines.count("online at http://127.0.0.1:") == 2)
        #expect(!bench.lines.contain(AgentBench.key))
        #expect(!String(decoding: try bench.directory.bytes(), as: UTF8.self).contains(AgentBench.key))
    }

    @Test("an id that the server does not know is given up for a new one, and that is said")
    func unknownID() async throws {
        let bench = try AgentBench()
        let isIn = Mark()
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { _ in isIn.reached() }
        // The port is another one each time, so the state is written by the server that is asked.
        try await FakeServer.with(script) { server in
            var state = AgentState()
            state[try server.address, "house"] = "old"
            let program = try bench.program(server)
            try program.state?.write(state)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The program runs until it is in.
                group.addTask { do { try await program.run() } catch is CancellationError {} }
                await isIn.wait()
                group.cancelAll()
                try await group.waitForAll()
            }
            #expect(try program.state?.read()[try server.address, "house"] == "7")
            #expect(server.requests.first.flatMap { try? JSON.parse($0.body).get()["agent_id"] } == .string("old"))
        }
        #expect(bench.lines.contain("agent old is not known to this key's account"))
    }

    @Test("a key that is not taken ends it with 77", arguments: [401, 403])
    func keyRefused(_ status: Int) async throws {
        let bench = try AgentBench()
        let failure = try await bench.failure(against: .init(respond: { _ in .json(status, #"{"error":"no"}"#) }))
        #expect(failure.exit == .keyRefused)
        #expect(!failure.text.contains(AgentBench.key))
    }

    @Test("a server that answers nothing of the dialect ends it with 78")
    func wrongServer() async throws {
        let failure = try await AgentBench().failure(against: .init(respond: { _ in WireResponse(status: 404) }))
        #expect(failure.exit == .configuration)
        #expect(failure.text.contains("--host"))
    }

    @Test("a busy server is asked again, when it says")
    func busy() async throws {
        let bench = try AgentBench()
        let asked = Mutex(0)
        var script = FakeServer.Script()
        script.respond = { request in
            let count = asked.withLock { asked in
                asked += 1
                return asked
            }
            return count == 1 ? .json(503, "{}", [("Retry-After", "9")]) : Self.registrar()(request)
        }
        let isIn = Mark()
        script.serve = { _ in isIn.reached() }
        try await bench.run(against: script) { _ in
            #expect(await bench.pace.pass(Self.backoff()) == .seconds(9))
            await isIn.wait()
        }
        #expect(asked.withLock { $0 } == 2)
    }

    // MARK: Staying

    @Test("a lost connection is made again after a pause that grows")
    func reconnects() async throws {
        let bench = try AgentBench()
        let connections = Mutex(0)
        let isIn = Mark()
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { _ in
            if connections.withLock({
                $0 += 1; return $0
            }) == 4 {
                isIn.reached()
            }
        }
        try await bench.run(against: script) { server in
            for bound in [1, 2, 4] {
                let span = await bench.pace.pass(Self.backoff())
                #expect(span >= .seconds(bound) / 2 && span <= .seconds(bound))
            }
            await isIn.wait()
            // Registered once, connected four times.
            #expect(server.requests.count { $0.path == "/api/agents/register" } == 1)
        }
    }

    @Test("what the server's close means is what happens")
    func closes() async throws {
        for (cause, exit) in [
            ConnectionEnd.keyEnded: AgentFailure.Exit.keyRefused, .replaced: .gone, .agentRemoved: .gone,
        ] {
            var script = FakeServer.Script(respond: Self.registrar())
            script.serve = { peer in
                try await peer.close(cause.closeCode, cause.reason)
                // The client answers with the same code (RFC 6455 section 5.5.1).
                #expect(try await peer.closeCode() == cause.closeCode)
            }
            #expect(try await AgentBench().failure(against: script).exit == exit)
        }
    }

    @Test("a server that restarts is waited for")
    func restarts() async throws {
        let bench = try AgentBench()
        let connections = Mutex(0)
        let isBack = Mark()
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { peer in
            if connections.withLock({
                $0 += 1; return $0
            }) == 2 {
                return isBack.reached()
            }
            try await peer.close(ConnectionEnd.serverStopping.closeCode, ConnectionEnd.serverStopping.reason)
        }
        try await bench.run(against: script) { _ in
            await bench.pace.pass(Self.backoff())
            await isBack.wait()
        }
        #expect(bench.lines.contain("1012 The server is restarting"))
    }

    @Test("an agent that is removed while it is away ends with 69, and a stranger's 404 does not end it")
    func removed() async throws {
        let answered = Mutex(0)
        var script = FakeServer.Script(respond: Self.registrar())
        script.handshake = { _ in
            answered.withLock({
                $0 += 1; return $0
            }) == 1
                ? WireResponse(status: 404) : .json(404, #"{"error":"Not found"}"#)
        }
        let bench = try AgentBench()
        let failure = try await bench.failure(against: script) { _ in await bench.pace.pass(Self.backoff()) }
        #expect(failure.exit == .gone)
    }

    @Test("stopping says good-bye")
    func stops() async throws {
        let isIn = Mark()
        let code = Mutex<Int?>(nil)
        let isOut = Mark()
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { peer in
            guard try await peer.relay() != nil else { return }
            isIn.reached()
            let said = try await peer.closeCode()
            code.withLock { $0 = said }
            isOut.reached()
        }
        let bench = try AgentBench()
        try await FakeServer.with(script) { server in
            let program = try bench.program(server)
            try await withThrowingTaskGroup(of: Void.self) { group in
                // The program runs until it is in, and is stopped as a signal does.
                group.addTask { do { try await program.run() } catch is CancellationError {} }
                await isIn.wait()
                group.cancelAll()
                try await group.waitForAll()
            }
            await isOut.wait()
        }
        #expect(code.withLock { $0 } == 1_000)
    }

    @Test("a server that says nothing any more is given up after three pings")
    func silent() async throws {
        let bench = try AgentBench()
        let connections = Mutex(0)
        let isBack = Mark()
        let hold = Mark()
        var script = FakeServer.Script(respond: Self.registrar())
        script.serve = { peer in
            if connections.withLock({
                $0 += 1; return $0
            }) == 2 {
                return isBack.reached()
            }
            // Reads nothing and answers nothing.
            await hold.wait()
        }
        try await bench.run(against: script) { _ in
            for _ in 0..<4 { await bench.pace.pass(AgentLink.pingEvery...AgentLink.pingEvery) }
            await bench.pace.pass(Self.backoff())
            await isBack.wait()
            hold.reached()
        }
    }

    // MARK: A key that is one agent's

    @Test("ChatOps: it signs in by the first message, answers pings and stays")
    func chatops() async throws {
        let bench = try AgentBench(try AgentContract.read("chatops"))
        let isOnline = Mark()
        var script = FakeServer.Script(subprotocol: nil)
        script.serve = { peer in
            #expect(try await peer.text() == #"{"type":"auth","api_key":"\#(AgentBench.key)"}"#)
            try await peer.send(#"{"type":"auth_success","server_id":"s-1","message":"Connected successfully"}"#)
            try await peer.send(#"{"type":"ping"}"#)
            #expect(try await peer.text() == #"{"type":"pong"}"#)
            try await peer.send(.ping, Array("still there".utf8))
            var frame = try await peer.next()
            while let other = frame, other.opcode != .pong { frame = try await peer.next() }
            #expect(frame.map { String(buffer: $0.unmaskedData) } == "still there")
            isOnline.reached()
            while try await peer.next() != nil {}
        }
        try await bench.run(against: script) { server in
            await isOnline.wait()
            #expect(server.requests.map(\.path) == ["/api/v1/agents/ws"])
            #expect(server.requests.first?.header("sec-websocket-protocol") == nil)
        }
        #expect(bench.lines.contain("as agent s-1"))
    }

    @Test("ChatOps: a key that is refused ends it with 77, a server that has no room does not")
    func chatopsRefused() async throws {
        let bench = try AgentBench(try AgentContract.read("chatops"))
        let connections = Mutex(0)
        var script = FakeServer.Script(subprotocol: nil)
        script.serve = { peer in
            _ = try await peer.text()
            let isFirst =
                connections.withLock({
                    $0 += 1; return $0
                }) == 1
            try await peer.send(#"{"type":"error","message":"Invalid or inactive API key"}"#)
            try await peer.close(isFirst ? 1_013 : 1_008)
            _ = try await peer.closeCode()
        }
        let failure = try await bench.failure(against: script) { _ in await bench.pace.pass(Self.backoff()) }
        #expect(failure.exit == .keyRefused)
        #expect(connections.withLock { $0 } == 2)
    }
}
