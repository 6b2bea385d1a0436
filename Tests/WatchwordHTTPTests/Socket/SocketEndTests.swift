import ServiceLifecycle
import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("the end of a WebSocket", .timeLimit(.minutes(15)))
struct SocketEndTests {
    /// What a client hears whose link was treated so before the upgrade.
    private func frames(
        _ settings: SocketSettings = .patient, _ prepare: @escaping @Sendable (SocketLink) async -> Void
    ) async throws -> [ServerFrame] {
        try await echoing(responder: SocketResponder(settings: settings, prepare: prepare)) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                var frames: [ServerFrame] = []
                while let frame = try await client.frame() {
                    frames.append(frame)
                    if let code = frame.code { try await client.say(.close(code)) }
                }
                return frames
            }
        }
    }

    @Test("each cause has its code and reason")
    func causes() async throws {
        for cause in ConnectionEnd.allCases where cause != .tooSlow {
            let frames = try await frames { $0.end(cause) }
            #expect(frames.map(\.code) == [cause.closeCode])
            #expect(frames.first?.reason == cause.reason)
        }
    }

    @Test("the words of an end are another's, if it has any")
    func farewell() async throws {
        let frames = try await frames { link in
            link.onEnd { (message: "bye: \($0)", closeCode: 4_999, reason: "because") }
            link.end(.keyEnded)
        }
        #expect(frames.first == .text("bye: keyEnded"))
        #expect(frames.last?.code == 4_999)
        #expect(frames.last?.reason == "because")
        #expect(frames.count == 2)
    }

    @Test("the first end counts")
    func first() async throws {
        let codes = try await frames { link in
            link.end(.keyEnded)
            link.end(.sessionEnded)
            link.close(code: 4_500, reason: "", last: nil)
            link.send(.text("never"))
        }.map(\.code)
        #expect(codes == [4_003])
    }

    @Test("it ends when its token does")
    func expiry() async throws {
        let end = Timestamp(seconds: 784_111_777)
        #expect(try await frames { $0.expire(at: end) }.map(\.code) == [4_002])
        let later = try await frames { link in
            link.expire(at: end)
            link.expire(at: Timestamp(microseconds: .max))
            link.expire(at: nil)
            link.close(code: 4_500, reason: "", last: nil)
        }
        #expect(later.map(\.code) == [4_500])
    }

    @Test("it ends when nothing that authenticates comes in time, and not once that has come")
    func authentication() async throws {
        var settings = SocketSettings.patient
        settings.authenticateWithin = .milliseconds(100)
        #expect(try await frames(settings) { _ in }.map(\.code) == [4_008])
        settings.pingEvery = .milliseconds(300)
        let known = settings
        try await echoing(
            responder: SocketResponder(
                settings: settings,
                prepare: { link in
                    var open = known
                    open.authenticateWithin = nil
                    link.adjust(open)
                })
        ) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                #expect(try await client.frame()?.opcode == 9)
            }
        }
    }

    @Test("larger messages are taken once they may be")
    func adjusted() async throws {
        var settings = SocketSettings.patient
        settings.messageBytes = 100
        let responder = SocketResponder(settings: settings) { connection in
            _ = await connection.next()
            connection.link.adjust(.patient)
            connection.link.send(.text("go on"))
            while let message = await connection.next() { _ = await connection.send(message) }
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.say(.text("secret"))
                #expect(try await client.frame() == .text("go on"))
                let long = Array(repeating: UInt8(1), count: 60_000)
                try await client.say(ClientFrame(opcode: 2, payload: long))
                #expect(try await client.frame() == .binary(long))
            }
        }
    }

    @Test("from an end of this side on, nothing that came before is handed out")
    func notHeard() async throws {
        let heard = Kept<SocketMessage>()
        let ends = Kept<SocketEnding?>()
        let responder = SocketResponder { connection in
            if let message = await connection.next() { heard.add(message) }
            connection.link.end(.sessionEnded)
            while let message = await connection.next() { heard.add(message) }
            ends.add(connection.link.ending)
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.say(ClientFrame.text("1").bytes + ClientFrame.text("2").bytes)
                #expect(try await client.frame()?.code == 4_001)
            }
            await ends.wait(for: 1)
        }
        #expect(heard.all == [.text("1")])
        #expect(ends.all == [.byServer(.sessionEnded)])
    }

    @Test("going down, the server tells each client to come back, also one that is just being upgraded")
    func draining() async throws {
        let upgrading = Kept<Void>()
        let release = Kept<Void>()
        let responder = SocketResponder(prepare: { _ in
            upgrading.add(())
            if upgrading.all.count == 2 { await release.wait(for: 1) }
        })
        try await echoing(responder: responder) { port, group in
            try await WireClient.connect(port) { first in
                try await first.open()
                try await WireClient.connect(port) { second in
                    try await second.say(WireClient.opening())
                    await upgrading.wait(for: 2)
                    await group.triggerGracefulShutdown()
                    #expect(try await first.frame()?.code == 1_012)
                    try await first.say(.close(1_012))
                    #expect(try await first.frame() == nil)
                    release.add(())
                    #expect(try await second.response().hasPrefix("HTTP/1.1 101"))
                    #expect(try await second.frame()?.code == 1_012)
                }
            }
        }
    }

    @Test("whoever waits for the end is told once: of a close, of a loss, and at once if it was before")
    func watchers() async throws {
        let told = Kept<String>()
        let responder = SocketResponder { connection in
            connection.link.whenEnded { told.add("watched") }
            while await connection.next() != nil {}
            connection.link.whenEnded { told.add("after") }
        }
        try await echoing(responder: responder) { port, _ in
            for say: [UInt8] in [ClientFrame.close(1_000).bytes, ClientFrame(opcode: 3).bytes, []] {
                try await WireClient.connect(port) { client in
                    try await client.open()
                    if !say.isEmpty { try await client.say(say) }
                }
            }
            await told.wait(for: 6)
        }
        #expect(told.all.filter { $0 == "watched" }.count == 3)
        #expect(told.all.filter { $0 == "after" }.count == 3)
    }

    @Test("who has gone before the upgrade is served all the same, to nobody")
    func goneBefore() async throws {
        let begun = Kept<Void>()
        let gone = Kept<Void>()
        let served = Kept<Bool>()
        let responder = SocketResponder { connection in
            while await connection.next() != nil {}
            served.add(await connection.send(.text("anybody?")))
        } prepare: { _ in
            begun.add(())
            await gone.wait(for: 1)
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say(WireClient.opening())
                await begun.wait(for: 1)
            }
            gone.add(())
            await served.wait(for: 1)
        }
        #expect(served.all == [false])
    }

    @Test("a link that was never upgraded tells of what was sent on it")
    func neverUpgraded() {
        let told = Kept<Bool>()
        let ended = Kept<Void>()
        do {
            let link = SocketLink()
            link.send(.text("a")) { told.add($0) }
            link.whenEnded { ended.add(()) }
            #expect(told.all.isEmpty)
        }
        #expect(told.all == [false])
        #expect(ended.all.count == 1)
    }
}
