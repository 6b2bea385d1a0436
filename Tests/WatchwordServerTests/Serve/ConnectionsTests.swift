import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordServer

@Suite("the open sockets of a running server", .timeLimit(.minutes(15)))
struct ConnectionsTests {
    @Test("they are listed and ended at the admin listener, and a plain request to a socket's path is told so")
    func door() async throws {
        let directory = try TemporaryDirectory()
        try await RunningServer.with(try RunningServer.configuration(in: directory)) { server in
            let admin = server.client("admin")
            let table = try await admin.get("/connections")
            #expect(table.status == 200)
            #expect(String(decoding: table.body, as: UTF8.self).hasPrefix("number  realm  role"))
            let list = try await admin.ask("GET", "/connections", headers: [("Accept", "application/json")])
            #expect(list.json == .array([]))
            let ended = try await admin.json("POST", "/connections/close", #"{"realm":"chatops","all":true}"#)
            #expect(String(decoding: ended.body, as: UTF8.self) == "0\n")
            let plain = try await server.client("chatops").get("/api/v1/agents/ws")
            #expect(plain.status == 426)
            #expect(plain.head.contains("Upgrade: websocket"))
            #expect(plain.json["detail"] != nil)
        }
    }
}
