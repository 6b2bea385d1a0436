import Testing

@testable import WatchwordHTTP

/// A frame as a client writes it, right or wrong.
struct ClientFrame {
    var opcode: UInt8
    var payload: [UInt8] = []
    var isLast = true
    var isMasked = true
    /// RSV1 to RSV3, in the places that they have in the first byte.
    var reserved: UInt8 = 0
    /// What the length says, where it lies.
    var length: Int?
    /// In how many bytes the length is written where they are more than it needs: 2 or 8.
    var lengthBytes = 0

    static func text(_ text: String, isLast: Bool = true) -> ClientFrame {
        ClientFrame(opcode: 1, payload: Array(text.utf8), isLast: isLast)
    }

    static func close(_ code: Int, _ reason: String = "") -> ClientFrame {
        ClientFrame(opcode: 8, payload: [UInt8(code >> 8), UInt8(code & 0xFF)] + Array(reason.utf8))
    }

    var bytes: [UInt8] {
        let mask: [UInt8] = [0x37, 0xFA, 0x21, 0x3D]
        let length = length ?? payload.count
        var bytes = [(isLast ? 0x80 : 0) | reserved | opcode]
        let bit: UInt8 = isMasked ? 0x80 : 0
        switch length {
        case ...125 where lengthBytes == 0: bytes.append(bit | UInt8(length))
        case ...0xFFFF where lengthBytes < 8: bytes += [bit | 126, UInt8(length >> 8), UInt8(length & 0xFF)]
        default: bytes += [bit | 127] + (0..<8).map { UInt8(truncatingIfNeeded: length >> (56 - 8 * $0)) }
        }
        guard isMasked else { return bytes + payload }
        return bytes + mask + payload.enumerated().map { $1 ^ mask[$0 % 4] }
    }
}

/// A frame as the server writes it.
struct ServerFrame: Equatable {
    var opcode: UInt8
    var payload: [UInt8]

    static func text(_ text: String) -> ServerFrame { ServerFrame(opcode: 1, payload: Array(text.utf8)) }
    static func binary(_ bytes: [UInt8]) -> ServerFrame { ServerFrame(opcode: 2, payload: bytes) }
    static func pong(_ text: String) -> ServerFrame { ServerFrame(opcode: 10, payload: Array(text.utf8)) }

    /// Of a close frame.
    var code: Int? {
        opcode == 8 && payload.count >= 2 ? Int(payload[0]) << 8 | Int(payload[1]) : nil
    }
    var reason: String { String(decoding: payload.dropFirst(2), as: UTF8.self) }
}

extension WireClient {
    /// Opens a WebSocket and gives the header of the answer.
    @discardableResult
    func open(_ path: String = "/", _ fields: String = "") async throws -> String {
        try await say(Self.opening(path, fields))
        return try await response()
    }

    /// The handshake of RFC 6455 section 1.3.
    static func opening(_ path: String = "/", _ fields: String = "") -> String {
        "GET \(path) HTTP/1.1\r\nHost: x\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n\(fields)\r\n"
    }

    func say(_ frame: ClientFrame) async throws { try await say(frame.bytes) }

    /// The next frame; nothing if the server closes before.
    func frame() async throws -> ServerFrame? {
        guard let head = try await bytes(2) else { return nil }
        try #require(head[0] & 0x70 == 0, "reserved bits")
        try #require(head[0] & 0x80 != 0, "a fragment")
        try #require(head[1] & 0x80 == 0, "masked")
        let length: Int
        switch head[1] {
        case 126: length = try await number(2)
        case 127: length = try await number(8)
        default: length = Int(head[1])
        }
        return ServerFrame(opcode: head[0] & 0x0F, payload: try #require(try await bytes(length)))
    }

    private func number(_ count: Int) async throws -> Int {
        try #require(try await bytes(count)).reduce(0) { $0 << 8 | Int($1) }
    }
}
