import Glibc
import NIOCore
import Testing
import WatchwordCore
import WatchwordDialect

@testable import WatchwordClient

@Suite("One request", .timeLimit(.minutes(15)))
struct HTTPExchangeTests {
    private let request = WireRequest(
        method: "POST", path: "/x", query: "q=1", headers: [("content-type", "application/json")],
        body: Array("{}".utf8))

    @Test("is sent and answered whole, below the prefix of the host")
    func exchange() async throws {
        try await FakeServer.with(.init(respond: { .json(201, "[\($0.body.count)]", [("X-One", "1")]) })) { server in
            var address = try server.address
            address.prefix = "/auth"
            let response = try await ServerDial(address, on: FakeServer.group).exchange(request)
            #expect(response.status == 201)
            #expect(response.body == Array("[2]".utf8))
            #expect(response.header("x-one") == "1")
            let seen = try #require(server.requests.first)
            #expect(seen.path == "/auth/x")
            #expect(seen.query == "q=1")
            #expect(seen.header("content-length") == "2")
            #expect(seen.header("user-agent") == "vsay-agent/\(Version.text)")
        }
    }

    @Test("an answer longer than any of a dialect's is not read")
    func long() async throws {
        let body = [UInt8](repeating: 0x20, count: ServerDial.longestBody + 1)
        try await FakeServer.with(.init(respond: { _ in WireResponse(status: 200, body: body) })) { server in
            let dial = try ServerDial(try server.address, on: FakeServer.group)
            await #expect(throws: ServerTalkative.self) { try await dial.exchange(request) }
        }
    }

    @Test("problems are told in words")
    func problems() async throws {
        let listener = try await SilentListener.start()
        let port = listener.port
        try await listener.close()
        let nobody = try ServerDial(ServerAddress("127.0.0.1:\(port)", insecure: true), on: FakeServer.group)
        do {
            _ = try await nobody.exchange(request)
        } catch {
            #expect(ConnectionProblem.text(error) == "Connection refused")
        }
        // Speaks no TLS: it says so in plain text, or has closed before that is read.
        try await FakeServer.with(.init()) { server in
            let secure = try ServerDial(
                ServerAddress("127.0.0.1:\(server.port)", insecure: false), on: FakeServer.group)
            do {
                _ = try await secure.exchange(request)
                #expect(Bool(false))
            } catch {
                let text = ConnectionProblem.text(error)
                #expect(text.hasPrefix("TLS: ") || text == "it closed the connection", "\(text)")
            }
        }
        #expect(ConnectionProblem.text(TooLate()) == "no answer in time")
        #expect(ConnectionProblem.text(ChannelError.eof) == "it closed the connection")
    }

    @Test("a file of authorities that is none is refused")
    func authorities() {
        #expect(throws: AgentFailure.self) {
            try ServerDial(
                ServerAddress("auth.example.com", insecure: false), trusting: "/nonexistent.pem", on: FakeServer.group)
        }
    }
}
