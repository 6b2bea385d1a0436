import NIOCore

/// A code and a reason, as a close frame carries them: RFC 6455 sections 5.5.1 and 7.4.
struct SocketClose: Sendable, Equatable {
    /// Nothing for a close frame without a payload.
    var code: Int?
    /// At most 123 bytes of UTF-8.
    var reason: String

    /// A longer reason is cut.
    init(_ code: Int?, _ reason: String = "") {
        self.code = code
        self.reason = reason
        while self.reason.utf8.count > Self.longestReason { self.reason.removeLast() }
    }

    static let longestReason = 123

    static let normal = SocketClose(1_000)
    static let protocolError = SocketClose(1_002, "Protocol error")
    static let notUTF8 = SocketClose(1_007, "Not UTF-8")
    static let tooBig = SocketClose(1_009, "Message too big")

    /// What a client's close frame says; the close that answers it if it may not say so.
    static func read(_ payload: [UInt8]) -> Result<SocketClose, Flawed> {
        guard !payload.isEmpty else { return .success(SocketClose(nil)) }
        guard payload.count >= 2 else { return .failure(Flawed(answer: .protocolError)) }
        let code = Int(payload[0]) << 8 | Int(payload[1])
        guard mayBeSent(code) else { return .failure(Flawed(answer: .protocolError)) }
        guard let reason = String(validating: payload[2...], as: UTF8.self) else {
            return .failure(Flawed(answer: .notUTF8))
        }
        return .success(SocketClose(code, reason))
    }

    struct Flawed: Error, Equatable { var answer: SocketClose }

    /// 1004 is reserved, and 1005, 1006 and 1015 stand for what no frame says (RFC 6455 section 7.4.1).
    static func mayBeSent(_ code: Int) -> Bool {
        switch code {
        case 1_000...1_003, 1_007...1_014, 3_000...4_999: true
        default: false
        }
    }

    /// What the frame carries.
    var payload: [UInt8] {
        guard let code else { return [] }
        return [UInt8(truncatingIfNeeded: code >> 8), UInt8(truncatingIfNeeded: code)] + reason.utf8
    }
}
