import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("the bounds of a dialect's sockets", .timeLimit(.minutes(15)))
struct SocketBoundsTests {
    @Test("who says nothing in time is refused, however long the dialect would wait")
    func deadline() async throws {
        let speaking = try Speaking(text: Speaking.live)
        var limits = SocketLimits.patient
        limits.authenticationTime = .milliseconds(20)
        try await speaking.serving(limits: limits) { port in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                #expect(try await client.frame() == .text(#"{"type":"welcome"}"#))
                #expect(try await client.frame() == .text(#"{"type":"no"}"#))
                #expect(try await client.frame()?.code == 4_401)
            }
        }
        let page = speaking.metrics.text()
        #expect(page.contains(#"watchword_sockets_refused_total{realm="authspec",code="missing_token"} 1"#))
        #expect(page.contains(#"watchword_sockets_unauthenticated{realm="authspec"} 0"#))
    }

    @Test("as many of one address as may wait to authenticate are let in, and places come free again")
    func places() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let address = ClientAddress(text: "127.0.0.1", network: "127.0.0.1")
        var held = (0..<ConnectionLimits().unauthenticatedPerAddress - 1).compactMap { _ in
            speaking.realm.memory.connections.admit(address).output
        }
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                #expect(try await client.open("/first").hasPrefix("HTTP/1.1 101 "))
                _ = try await client.frame()
                let second = try await WireClient.connect(port) { try await $0.open("/first") }
                #expect(second.hasPrefix("HTTP/1.1 429 "))
                #expect(second.contains("Retry-After: "))
                // Whoever has authenticated no longer waits.
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                _ = try await client.frame()
                let third = try await WireClient.connect(port) { try await $0.open("/first") }
                #expect(third.hasPrefix("HTTP/1.1 101 "))
            }
        }
        held.removeAll()
        #expect(speaking.realm.memory.connections.unauthenticated == 0)
    }

    @Test("a first message is small, one of an authenticated client may be larger")
    func sizes() async throws {
        let speaking = try Speaking(text: Speaking.live)
        let (token, _) = try await speaking.signUp()
        let long = String(repeating: "x", count: Socket.maximumFirst + 1)
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                try await client.open("/agent")
                try await client.say(.text(long))
                #expect(try await client.frame()?.code == 1_009)
            }
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                _ = try await client.frame()
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                _ = try await client.frame()
                try await client.say(.text(long))
                try await client.say(.text("ping"))
                #expect(try await client.frame() == .text("pong"))
                let longest = String(repeating: "x", count: Socket.usualMaximum + 1)
                try await client.say(.text(longest))
                #expect(try await client.frame()?.code == 1_009)
            }
        }
    }

    @Test("where the dialect has a sign of life of the server's own, it is sent")
    func alive() async throws {
        let text = Speaking.live.replacing(
            "alive: {ping: ping, pong: pong}", with: "alive: {ping: ping, pong: pong, every: 1s}")
        let speaking = try Speaking(text: text)
        let (token, _) = try await speaking.signUp()
        try await speaking.serving { port in
            try await WireClient.connect(port) { client in
                try await client.open("/first")
                _ = try await client.frame()
                try await client.say(.text(#"{"type":"auth","token":"\#(token)"}"#))
                _ = try await client.frame()
                #expect(try await client.frame() == .text("ping"))
                #expect(try await client.frame() == .text("ping"))
            }
        }
        #expect(speaking.realm.memory.connections.records().isEmpty)
    }
}
