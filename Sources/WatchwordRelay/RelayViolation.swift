/// What ends an agent's connection: a message that the relay's protocol does not have, or not there and then.
public enum RelayViolation: String, Error, Hashable, Sendable, CaseIterable {
    /// A text message.
    case notBinary = "not_binary"
    /// Bytes that are no frame.
    case malformed
    /// A frame that only the other side may send, or not in this order.
    case misplaced
    /// More bytes than there was credit for.
    case beyondCredit = "beyond_credit"
    /// Credit for more bytes than were sent.
    case beyondWindow = "beyond_window"

    /// RFC 6455 section 7.4.1.
    public var closeCode: Int {
        switch self {
        case .notBinary: 1_003
        case .malformed, .misplaced: 1_002
        case .beyondCredit, .beyondWindow: 1_008
        }
    }

    /// The reason in the close frame, for people.
    public var reason: String {
        switch self {
        case .notBinary: "Frames are binary messages"
        case .malformed: "Not a frame"
        case .misplaced: "A frame that may not be sent here"
        case .beyondCredit: "More bytes than there was credit for"
        case .beyondWindow: "Credit for more bytes than were sent"
        }
    }
}
