import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("a WebSocket's hostile client", .timeLimit(.minutes(15)))
struct SocketHostileTests {
    /// What a client that says `bytes` is closed with, beside one that goes on as if nothing were.
    private func close(after bytes: [UInt8], _ settings: SocketSettings = .patient) async throws -> Int? {
        try await echoing(responder: SocketResponder(settings: settings)) { port, _ in
            try await WireClient.connect(port) { other in
                try await other.open()
                let code = try await WireClient.connect(port) { client in
                    try await client.open()
                    try await client.say(bytes)
                    let close = try await client.frame()
                    #expect(try await client.frame() == nil)
                    return close?.code
                }
                try await other.say(.text("still here"))
                #expect(try await other.frame() == .text("still here"))
                return code
            }
        }
    }

    @Test("frames that no client may send are answered 1002 and the end")
    func improper() async throws {
        let frames = [
            ClientFrame(opcode: 1, payload: [65], isMasked: false),
            ClientFrame(opcode: 1, payload: [65], reserved: 0x40),
            ClientFrame(opcode: 9, reserved: 0x10),
            ClientFrame(opcode: 3),
            ClientFrame(opcode: 11),
            ClientFrame(opcode: 0, payload: [65]),
            ClientFrame(opcode: 9, isLast: false),
            ClientFrame(opcode: 9, payload: Array(repeating: 65, count: 126)),
            ClientFrame(opcode: 1, payload: [65], lengthBytes: 2),
            ClientFrame(opcode: 1, payload: [65], lengthBytes: 8),
            ClientFrame(opcode: 2, payload: Array(repeating: 65, count: 65_535), lengthBytes: 8),
            ClientFrame.close(1_005),
            ClientFrame(opcode: 8, payload: [3]),
        ]
        for frame in frames { #expect(try await close(after: frame.bytes) == 1_002, "\(frame)") }
    }

    @Test("text that is not UTF-8 is answered 1007, also in fragments and in a reason")
    func notUTF8() async throws {
        #expect(try await close(after: ClientFrame(opcode: 1, payload: [0xFF]).bytes) == 1_007)
        let first = ClientFrame(opcode: 1, payload: [0xC3], isLast: false)
        let last = ClientFrame(opcode: 0, payload: [0x28])
        #expect(try await close(after: first.bytes + last.bytes) == 1_007)
        #expect(try await close(after: ClientFrame(opcode: 8, payload: [0x03, 0xE8, 0xC3]).bytes) == 1_007)
    }

    @Test("a message over the bound is answered 1009: whole, in fragments, and before it has come")
    func tooBig() async throws {
        var settings = SocketSettings.patient
        settings.messageBytes = 1_000
        let whole = ClientFrame(opcode: 2, payload: Array(repeating: 1, count: 1_001))
        #expect(try await close(after: whole.bytes, settings) == 1_009)
        let first = ClientFrame(opcode: 2, payload: Array(repeating: 1, count: 600), isLast: false)
        let second = ClientFrame(opcode: 0, payload: Array(repeating: 1, count: 600), isLast: false)
        #expect(try await close(after: first.bytes + second.bytes, settings) == 1_009)
        let begun = ClientFrame(opcode: 2, payload: [1, 2, 3], length: 1_001)
        #expect(try await close(after: begun.bytes, settings) == 1_009)
        #expect(try await close(after: ClientFrame(opcode: 2, length: 1 << 40).bytes, settings) == 1_009)
        #expect(try await close(after: ClientFrame(opcode: 2, length: .max).bytes, settings) == 1_009)
    }

    @Test("what comes behind a broken frame is not acted on, and the client still hears why")
    func afterwards() async throws {
        let garbage = Array(repeating: UInt8(0xFF), count: 500_000)
        #expect(try await close(after: ClientFrame(opcode: 3).bytes + garbage) == 1_002)
        let heard = Kept<SocketMessage>()
        let responder = SocketResponder { connection in
            while let message = await connection.next() { heard.add(message) }
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.say(ClientFrame(opcode: 3).bytes + ClientFrame.text("late").bytes)
                #expect(try await client.frame()?.code == 1_002)
            }
        }
        #expect(heard.all.isEmpty)
    }

    @Test("a flood of pings is answered, not every one of them")
    func pings() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                let flood = (0..<5_000).flatMap { ClientFrame(opcode: 9, payload: Array("\($0)".utf8)).bytes }
                try await client.say(flood + ClientFrame.text("done").bytes)
                var pongs: [ServerFrame] = []
                while let frame = try await client.frame(), pongs.last != .pong("4999") {
                    if frame.opcode == 10 { pongs.append(frame) }
                }
                #expect(pongs.count < 2_500)
            }
        }
    }

    @Test("a client that never reads is cut off, and whoever sends to it is told of every message once")
    func neverReads() async throws {
        var settings = SocketSettings.patient
        settings.writeTime = .milliseconds(200)
        let told = Kept<Bool>()
        let ends = Kept<SocketEnding?>()
        let responder = SocketResponder(settings: settings) { connection in
            let block = SocketMessage.binary(Array(repeating: 7, count: 64 * 1_024))
            var sent = true
            while sent {
                sent = await connection.send(block)
                told.add(sent)
            }
            _ = await connection.next()
            ends.add(connection.link.ending)
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                await ends.wait(for: 1)
            }
        }
        #expect(ends.all == [.byServer(.tooSlow)])
        #expect(told.all.filter { !$0 }.count == 1)
    }

    @Test("what waits to be taken is bounded, and every message sent is accounted for once")
    func pending() async throws {
        var settings = SocketSettings.patient
        settings.pendingBytes = 1_024 * 1_024
        settings.writeTime = .seconds(3_600)
        let told = Kept<Bool>()
        let ends = Kept<SocketEnding?>()
        let responder = SocketResponder { [settings] connection in
            connection.link.adjust(settings)
            let block = SocketMessage.binary(Array(repeating: 7, count: 64 * 1_024))
            for _ in 0..<1_000 { connection.link.send(block) { told.add($0) } }
            _ = await connection.next()
            ends.add(connection.link.ending)
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                await ends.wait(for: 1)
                await told.wait(for: 1_000)
            }
        }
        #expect(ends.all == [.byServer(.tooSlow)])
        #expect(told.all.count == 1_000)
    }

    @Test("a client that does not answer pings is closed as silent, one that does is not")
    func silence() async throws {
        var settings = SocketSettings.patient
        settings.pingEvery = .milliseconds(100)
        settings.pongWithin = .milliseconds(100)
        try await echoing(responder: SocketResponder(settings: settings)) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                #expect(try await client.frame()?.opcode == 9)
                let close = try await client.frame()
                #expect(close?.code == ConnectionEnd.silent.closeCode)
                #expect(close?.reason == ConnectionEnd.silent.reason)
            }
        }
        settings.pongWithin = .seconds(3_600)
        try await echoing(responder: SocketResponder(settings: settings)) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                for _ in 0..<3 {
                    #expect(try await client.frame()?.opcode == 9)
                    try await client.say(ClientFrame(opcode: 10))
                }
            }
        }
    }

    @Test("a client that closes TCP without a word is lost, and the task that serves it goes on")
    func lost() async throws {
        let ends = Kept<SocketEnding?>()
        let responder = SocketResponder { connection in
            while await connection.next() != nil {}
            ends.add(connection.link.ending)
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.closeOutput()
                #expect(try await client.frame() == nil)
            }
            try await WireClient.connect(port) { client in
                _ = try await client.open()
            }
            await ends.wait(for: 2)
        }
        #expect(ends.all == [.lost, .lost])
    }

    @Test("a client that does not answer a close is cut off")
    func noCloseBack() async throws {
        var settings = SocketSettings.patient
        settings.closeTime = .milliseconds(100)
        let responder = SocketResponder(settings: settings) { $0.close(code: 4_000) }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                #expect(try await client.frame()?.code == 4_000)
                #expect(try await client.frame() == nil)
            }
        }
    }

    @Test("a client is not read further than it is asked for")
    func backPressure() async throws {
        let begin = Kept<Void>()
        let heard = Kept<Int>()
        let responder = SocketResponder { connection in
            await begin.wait(for: 1)
            while case .binary(let bytes)? = await connection.next() { heard.add(bytes.count) }
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                let sent = Kept<Void>()
                let block = ClientFrame(opcode: 2, payload: Array(repeating: 1, count: 60_000)).bytes
                let outlet = client.outlet
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask {
                        for _ in 0..<1_000 {
                            try await outlet(block)
                            sent.add(())
                        }
                    }
                    // There is nothing to wait for: that it goes no further is the point.
                    try await Task.sleep(for: .milliseconds(500))
                    #expect(sent.all.count < 1_000)
                    begin.add(())
                    try await tasks.waitForAll()
                }
                await heard.wait(for: 1_000)
            }
        }
        #expect(heard.all.allSatisfy { $0 == 60_000 })
    }

    @Test("a client that does not take what it is sent is not listened to until it does")
    func deaf() async throws {
        let heard = Kept<SocketMessage>()
        var settings = SocketSettings.patient
        settings.pendingBytes = 64 * 1_024 * 1_024
        let blocks = 500
        let responder = SocketResponder { [settings] connection in
            connection.link.adjust(settings)
            // On the event loop, so that all of them wait there before anything else is read.
            connection.link.send(.text("begin")) { [link = connection.link] _ in
                for _ in 0..<blocks { link.send(.binary(Array(repeating: 7, count: 64 * 1_024))) }
            }
            while let message = await connection.next() { heard.add(message) }
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port, receiveBuffer: 65_536) { client in
                try await client.open()
                #expect(try await client.frame() == .text("begin"))
                #expect(try await client.frame()?.payload.count == 64 * 1_024)
                // A read that was asked for before the blocks were there may still bring one message, and no more.
                for word in ["first", "second"] {
                    try await client.say(.text(word))
                    // There is nothing to wait for: that it is not heard is the point.
                    try await Task.sleep(for: .milliseconds(300))
                }
                #expect(!heard.all.contains(.text("second")))
                for _ in 1..<blocks { #expect(try await client.frame()?.payload.count == 64 * 1_024) }
                await heard.wait(for: 2)
            }
        }
        #expect(heard.all == [.text("first"), .text("second")])
    }
}
