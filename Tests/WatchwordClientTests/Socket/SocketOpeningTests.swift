import NIOCore
import NIOWebSocket
import Synchronization
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordClient

@Suite("A WebSocket, from the client", .timeLimit(.minutes(15)))
struct SocketOpeningTests {
    private let request = WireRequest(method: "GET", path: "/ws", query: "a=1", headers: [("x-key", "k")])

    private func open<Result: Sendable>(
        _ server: FakeServer, _ offering: [String] = ["one", "two"],
        _ serve: (ClientSocket, consuming ClientMessages) async throws -> Result
    ) async throws -> SocketOpening<Result> {
        try await ServerDial(try server.address, on: FakeServer.group).openSocket(
            request, offering: offering, within: .seconds(30), by: TestPace(), serve)
    }

    @Test("messages go both ways, the client's masked, and the close is answered")
    func exchange() async throws {
        var script = FakeServer.Script(subprotocol: "two")
        script.serve = { peer in
            #expect(peer.request.query == "a=1")
            let first = try await peer.next()
            #expect(first?.maskKey != nil)
            #expect(first.map { String(buffer: $0.unmaskedData) } == "hello")
            try await peer.send(.binary, Array(repeating: 7, count: 60_000))
            try await peer.close(4_003, "enough")
            #expect(try await peer.closeCode() == 4_003)
        }
        try await FakeServer.with(script) { server in
            let opening = try await open(server) { socket, messages in
                var messages = messages
                #expect(socket.subprotocol == "two")
                try await socket.send(text: "hello")
                #expect(try await messages.next() == .binary(Array(repeating: 7, count: 60_000)))
                #expect(try await messages.next() == .closed(code: 4_003, reason: "enough"))
                return true
            }
            guard case .opened(true) = opening else { return #expect(Bool(false)) }
        }
    }

    @Test("an answer that opens nothing is given as it is")
    func refused() async throws {
        var script = FakeServer.Script()
        script.handshake = { _ in .json(404, #"{"error":"Not found"}"#) }
        try await FakeServer.with(script) { server in
            guard case .refused(let response) = try await open(server, [], { _, _ in true }) else {
                return #expect(Bool(false))
            }
            #expect(response.status == 404)
            #expect(response.body == Array(#"{"error":"Not found"}"#.utf8))
        }
    }

    @Test("a server may take only a subprotocol that was offered, and no extension")
    func unasked() async throws {
        for script in [
            FakeServer.Script(subprotocol: "three"),
            FakeServer.Script(subprotocol: nil, extensions: "permessage-deflate"),
        ] {
            try await FakeServer.with(script) { server in
                await #expect(throws: SocketViolation.self) { _ = try await open(server) { _, _ in true } }
            }
        }
    }

    @Test("a rule that the server breaks is told to it")
    func violation() async throws {
        let told = Mutex<Int?>(nil)
        let isTold = Mark()
        var script = FakeServer.Script(subprotocol: nil)
        script.serve = { peer in
            try await peer.send(.text, [0xFF])
            let code = try await peer.closeCode()
            told.withLock { $0 = code }
            isTold.reached()
        }
        try await FakeServer.with(script) { server in
            await #expect(throws: SocketViolation.notText) {
                _ = try await open(server) { _, messages in
                    var messages = messages
                    return try await messages.next() == nil
                }
            }
            await isTold.wait()
        }
        #expect(told.withLock { $0 } == 1_007)
    }

    @Test("a server that does not answer is given up in time")
    func silent() async throws {
        let pace = TestPace()
        let hold = Mark()
        // The kernel accepts; nobody answers.
        let listener = try await SilentListener.start()
        try await withThrowingTaskGroup(of: Void.self) { group in
            // Time passes beside the attempt.
            group.addTask { await pace.pass(.seconds(20)...(.seconds(20))) }
            let dial = try ServerDial(ServerAddress("127.0.0.1:\(listener.port)", insecure: true), on: FakeServer.group)
            await #expect(throws: TooLate.self) {
                _ = try await dial.openSocket(request, within: .seconds(20), by: pace) { _, _ in true }
            }
            try await group.waitForAll()
        }
        hold.reached()
        try await listener.close()
    }
}
