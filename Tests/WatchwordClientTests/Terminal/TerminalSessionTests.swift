import Glibc
import NIOCore
import NIOWebSocket
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordRelay

@testable import WatchwordClient

@Suite("A person's terminal", .timeLimit(.minutes(15)))
struct TerminalSessionTests {
    private static let id = "65f1c0ffee65f1c0ffee65f1"
    private static let token = "token-of-the-person"

    /// Where the person sits: two pipes.
    private final class Seat: Sendable {
        let local: LocalTerminal
        private let input: Int32
        private let output: Int32
        private let others: [Int32]

        init() throws {
            var typed: [Int32] = [0, 0]
            var shown: [Int32] = [0, 0]
            try #require(pipe(&typed) == 0 && pipe(&shown) == 0)
            (input, output, others) = (typed[1], shown[0], [typed[0], shown[1]])
            local = try LocalTerminal(input: typed[0], output: shown[1])
            // What is not there is not waited for.
            _ = fcntl(output, F_SETFL, O_NONBLOCK)
        }

        deinit { for descriptor in others + [output] { close(descriptor) } }

        func type(_ text: String) { _ = write(input, text, text.utf8.count) }
        func end() { close(input) }

        /// What was shown so far, which a pipe holds.
        func shown(_ count: Int) -> String {
            var bytes = [UInt8](repeating: 0, count: count)
            return String(decoding: bytes[..<max(0, read(output, &bytes, count))], as: UTF8.self)
        }
    }

    private func answer(_ request: WireRequest) -> WireResponse {
        guard request.header("authorization") == "Bearer \(Self.token)" || request.path == "/api/login" else {
            return .json(401, #"{"error":"Invalid or expired token"}"#)
        }
        switch request.path {
        case "/api/login":
            return .json(401, #"{"error":"Invalid email or password"}"#)
        case "/api/machines":
            let rest = #""status":"online","last_seen":null,"address":null,"version":null,"shared":false}"#
            return .json(
                200,
                #"{"machines":[{"agent_id":"\#(Self.id)","name":"box",\#(rest),"#
                    + #"{"agent_id":"a","name":"two",\#(rest),{"agent_id":"b","name":"two",\#(rest)]}"#)
        case "/api/terminal/\(Self.id)/ticket":
            return .json(201, #"{"ticket":"one-two","expires_in":30}"#)
        default: return .json(404, #"{"error":"Not found"}"#)
        }
    }

    private func script(_ serve: @escaping @Sendable (FakeServer.Peer) async throws -> Void) -> FakeServer.Script {
        FakeServer.Script(
            respond: { answer($0) }, subprotocol: TerminalControl.subprotocol, serve: serve)
    }

    /// Runs a terminal on `box` until it ends.
    private func result(
        _ seat: Seat, _ server: FakeServer, agent: String = "box", token: String = TerminalSessionTests.token,
        sizes: AsyncStream<TerminalSize> = AsyncStream { _ in }, pace: TestPace = TestPace()
    ) async throws -> TerminalResult {
        let person = PersonServer(
            contract: try TerminalContract(try DialectFile.read("vsay")),
            dial: try ServerDial(try server.address, on: FakeServer.group), pace: pace)
        return await PersonProgram(server: person, agent: agent, proof: .token(Secret(token)), local: seat.local)
            .terminal(sizes)
    }

    @Test("is opened by a ticket, so that no token stands in a URL")
    func opens() async throws {
        let seat = try Seat()
        let script = script { peer in
            try await peer.send(TerminalControl.opened.text)
            try await peer.send(.binary, Array("hello".utf8))
            try await peer.send(TerminalControl.exit(3).text)
            try await peer.close(1_000, "exit 3")
        }
        try await FakeServer.with(script) { server in
            let result = try await result(seat, server)
            #expect(result == .exited(3))
            #expect(seat.shown(5) == "hello")
            #expect(
                server.requests.map(\.path) == [
                    "/api/machines", "/api/terminal/\(Self.id)/ticket", "/api/terminal/\(Self.id)/ws",
                ])
            #expect(server.requests.last?.query == "ticket=one-two&cols=80&rows=24")
            #expect(server.requests.last?.header("authorization") == nil)
        }
    }

    @Test("passes what is typed, the end of it as Ctrl-D, and sizes, once it is open", arguments: ["ls\n", "ls"])
    func passes(typed: String) async throws {
        let seat = try Seat()
        let pace = TestPace()
        let (sizes, resized) = AsyncStream.makeStream(of: TerminalSize.self)
        seat.type(typed)
        seat.end()
        let script = script { peer in
            try await peer.send(TerminalControl.opened.text)
            var bytes: [UInt8] = []
            while bytes.count < 4 {
                guard let frame = try await peer.next(), frame.opcode == .binary else { continue }
                bytes += frame.unmaskedData.readableBytesView
            }
            #expect(bytes == Array(typed.utf8) + (typed.hasSuffix("\n") ? [4] : [4, 4]))
            // Another program may read it, which then is told as well.
            await pace.pass(TerminalSession.endEvery...TerminalSession.endEvery)
            let again = try await peer.next()
            #expect(again?.unmaskedData == ByteBuffer(bytes: [4]))
            resized.yield(TerminalSize(columns: 100, rows: 30))
            let text = try await peer.text()
            #expect(text == #"{"type":"resize","cols":100,"rows":30}"#)
            try await peer.send(TerminalControl.exit(-9).text)
            try await peer.close(1_000)
        }
        try await FakeServer.with(script) { server in
            let result = try await result(seat, server, sizes: sizes, pace: pace)
            #expect(result == .exited(-9))
        }
    }

    @Test("tells why there is none, or none any more")
    func told() async throws {
        let refusing = script { peer in
            try await peer.send(TerminalControl.refused("no shell\u{1B}[2J").text)
            try await peer.close(4_012)
        }
        try await FakeServer.with(refusing) { server in
            let result = try await result(try Seat(), server)
            #expect(result == .failed(TerminalFailure("the agent gives no terminal: no shell [2J")))
        }
        let closing = script { peer in
            try await peer.send(TerminalControl.opened.text)
            try await peer.close(ConnectionEnd.agentOffline.closeCode)
        }
        try await FakeServer.with(closing) { server in
            let result = try await result(try Seat(), server)
            #expect(
                result
                    == .failed(
                        TerminalFailure("the agent is not connected, or no longer: see to its vsay-agent")))
        }
        try await FakeServer.with(script { _ in }) { server in
            let lost = try await result(try Seat(), server)
            #expect(lost == .failed(TerminalFailure("the connection is lost")))
            let unknown = try await result(try Seat(), server, agent: "nobody")
            #expect(unknown == .failed(TerminalFailure("a ticket was refused: there is no such agent of yours")))
            let twice = try await result(try Seat(), server, agent: "two")
            #expect(
                twice == .failed(TerminalFailure("several agents are called two: name it by one of its ids a, b")))
            let stranger = try await result(try Seat(), server, token: "another")
            #expect(
                stranger
                    == .failed(
                        TerminalFailure("the list of agents was refused: the token is not taken: sign in again")))
        }
    }

    @Test("is not opened on a server that speaks something else")
    func subprotocol() async throws {
        var script = script { _ in }
        script.subprotocol = nil
        try await FakeServer.with(script) { server in
            guard case .failed(let failure) = try await result(try Seat(), server) else {
                Issue.record("it was opened")
                return
            }
            #expect(failure.text.hasSuffix("does not speak watchword.terminal.v1"))
        }
    }
}
