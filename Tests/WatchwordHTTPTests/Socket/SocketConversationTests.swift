import Testing

@testable import WatchwordHTTP

@Suite("a WebSocket", .timeLimit(.minutes(2)))
struct SocketConversationTests {
    @Test("the handshake of RFC 6455 section 1.3 is answered as there")
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
}
