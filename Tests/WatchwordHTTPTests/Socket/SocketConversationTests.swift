import Testing
import WatchwordCore

@testable import WatchwordHTTP

@Suite("a WebSocket", .timeLimit(.minutes(15)))
struct SocketConversationTests {
    @Test("the handshake of RFC 6455 section 1.3 is answered as there, and no extension is agreed to")
    func handshake() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                let answer = try await client.open("/", "Sec-WebSocket-Extensions: permessage-deflate\r\n")
                #expect(answer.hasPrefix("HTTP/1.1 101 Switching Protocols\r\n"))
                #expect(answer.contains("Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n"))
                #expect(answer.lowercased().contains("upgrade: websocket\r\n"))
                #expect(answer.lowercased().contains("connection: upgrade\r\n"))
                #expect(!answer.contains("Extensions"))
                #expect(!answer.contains("Protocol:"))
                #expect(!answer.contains("Content-Length"))
            }
        }
    }

    @Test("text and binary messages of every length come and go whole")
    func echo() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                for length in [0, 1, 125, 126, 65_535, 65_536] {
                    let bytes = (0..<length).map { UInt8(truncatingIfNeeded: $0) }
                    try await client.say(ClientFrame(opcode: 2, payload: bytes))
                    #expect(try await client.frame() == .binary(bytes))
                }
                try await client.say(.text("héllo"))
                #expect(try await client.frame() == .text("héllo"))
            }
        }
    }

    @Test("works over TLS")
    func encrypted() async throws {
        let certificate = try Certificate()
        try await echoing(tls: certificate.tls, responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port, tls: true) { client in
                #expect(try await client.open().hasPrefix("HTTP/1.1 101"))
                try await client.say(.text("secret"))
                #expect(try await client.frame() == .text("secret"))
                try await client.say(.close(1_000))
                #expect(try await client.frame()?.code == 1_000)
                #expect(try await client.frame() == nil)
            }
        }
    }

    @Test("any request of a connection may be the one that upgrades, with the first frames right behind it")
    func laterRequest() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n")
                #expect(try await client.response().hasSuffix("GET /plain - []"))
                let ahead = Array("GET /plain HTTP/1.1\r\nHost: x\r\n\r\n".utf8) + Array(WireClient.opening().utf8)
                try await client.say(ahead + ClientFrame.text("early").bytes + ClientFrame.text("bird").bytes)
                #expect(try await client.response().hasSuffix("GET /plain - []"))
                #expect(try await client.response().hasPrefix("HTTP/1.1 101"))
                #expect(try await client.frame() == .text("early"))
                #expect(try await client.frame() == .text("bird"))
            }
        }
    }

    @Test("a frame that comes byte by byte, cut by the handshake's end, is the same frame")
    func byteByByte() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                let frame = ClientFrame.text("slowly").bytes
                try await client.say(Array(WireClient.opening().utf8) + frame.prefix(1))
                for byte in frame.dropFirst() { try await client.say([byte]) }
                #expect(try await client.response().hasPrefix("HTTP/1.1 101"))
                #expect(try await client.frame() == .text("slowly"))
            }
        }
    }

    @Test("the subprotocol chosen is told, and one not offered never is")
    func subprotocol() async throws {
        try await echoing(responder: SocketResponder(subprotocol: "b")) { port, _ in
            try await WireClient.connect(port) { client in
                let answer = try await client.open("/", "Sec-WebSocket-Protocol: a, b\r\n")
                #expect(answer.contains("Sec-WebSocket-Protocol: b\r\n"))
            }
            try await WireClient.connect(port) { client in
                let answer = try await client.open("/", "Sec-WebSocket-Protocol: a\r\n")
                #expect(!answer.contains("Protocol:"))
            }
        }
    }

    @Test("what does not ask properly is answered as HTTP")
    func flawed() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("GET / HTTP/1.1\r\nHost: x\r\n\r\n")
                let answer = try await client.response()
                #expect(answer.hasPrefix("HTTP/1.1 426 Upgrade Required\r\n"))
                #expect(answer.contains("Upgrade: websocket\r\n"))
                // The connection is as good as before.
                #expect(try await client.open().hasPrefix("HTTP/1.1 101"))
            }
            let old = WireClient.opening().replacing("HTTP/1.1", with: "HTTP/1.0")
            #expect(try await WireClient.ask(port, old).hasPrefix("HTTP/1.1 426"))
            let other = WireClient.opening().replacing("Version: 13", with: "Version: 8")
            let answer = try await WireClient.ask(port, other)
            #expect(answer.hasPrefix("HTTP/1.1 426"))
            #expect(answer.contains("Sec-WebSocket-Version: 13\r\n"))
            let keyless = WireClient.opening().replacing("dGhlIHNhbXBsZSBub25jZQ==", with: "c2hvcnQ=")
            #expect(try await WireClient.ask(port, keyless).hasPrefix("HTTP/1.1 400"))
        }
    }

    @Test("fragments and pings between them come as one message and pongs")
    func fragments() async throws {
        try await echoing(responder: SocketResponder()) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.say(.text("one ", isLast: false))
                try await client.say(ClientFrame(opcode: 9, payload: Array("life?".utf8)))
                #expect(try await client.frame() == .pong("life?"))
                try await client.say(ClientFrame(opcode: 0, payload: Array("message".utf8)))
                #expect(try await client.frame() == .text("one message"))
            }
        }
    }

    @Test("a message is handed over before the close behind it, and the close is answered")
    func clientCloses() async throws {
        let heard = Kept<String>()
        let responder = SocketResponder { connection in
            while let message = await connection.next() { heard.add("\(message)") }
            heard.add("\(connection.link.ending as Any)")
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                try await client.say(ClientFrame.text("last words").bytes + ClientFrame.close(4_321, "bye").bytes)
                #expect(try await client.frame() == ServerFrame(opcode: 8, payload: [0x10, 0xE1]))
                #expect(try await client.frame() == nil)
            }
        }
        #expect(heard.all.count == 2)
        #expect(heard.all.first == #"text("last words")"#)
        #expect(heard.all.last?.contains("byClient(Optional(4321))") == true)
    }

    @Test("when the serving task returns the client is told, and its answer waited for")
    func serverReturns() async throws {
        let responder = SocketResponder { connection in
            connection.link.send(.text("welcome"))
            _ = await connection.next()
            connection.link.send(.text("goodbye"))
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                #expect(try await client.frame() == .text("welcome"))
                try await client.say(.text("go"))
                #expect(try await client.frame() == .text("goodbye"))
                #expect(try await client.frame()?.code == 1_000)
                try await client.say(.close(1_000))
                #expect(try await client.frame() == nil)
            }
        }
    }

    @Test("words and a close at once, before the serving task returns, are said in that order")
    func refusedAtOnce() async throws {
        let responder = SocketResponder { connection in
            connection.close(code: 1_008, reason: "no", last: .text("refused"))
        }
        try await echoing(responder: responder) { port, _ in
            try await WireClient.connect(port) { client in
                try await client.open()
                #expect(try await client.frame() == .text("refused"))
                let close = try await client.frame()
                #expect(close?.code == 1_008)
                #expect(close?.reason == "no")
            }
        }
    }
}
