/// One message between the server and an agent's program, over the agent's one socket: a binary WebSocket message of
/// the subprotocol `watchword.relay.v1`.
///
/// On the wire: the kind (1 byte), the terminal's number (4 bytes, big endian; 0 for the connection itself), and what
/// the kind has. Numbers are the server's to give, ascending, each once in the life of a
/// connection.
public struct RelayFrame: Hashable, Sendable {
    public static let subprotocol = "watchword.relay.v1"
    /// The most bytes of one `data`: what is longer is sent as several.
    public static let largestData = 16 * 1_024
    /// How many bytes of `data` each side may have sent on a terminal before the other has given credit for more.
    public static let initialCredit = 256 * 1_024
    /// The most bytes of a frame.
    public static let largestFrame = 5 + largestData

    public var terminal: UInt32
    public var content: Content

    public enum Content: Hashable, Sendable {
        /// Agent to server, first of all and once, terminal 0: a JSON object with `version`, `name`, `platform`, `terminal`.
        case hello(String)
        /// Server to agent: start a terminal of this size. `who` asks for it, for the agent's log.
        case open(TerminalSize, who: String)
        /// Agent to server: it is started.
        case opened
        /// Agent to server: it can not be had, and why.
        case refused(String)
        /// Bytes of the terminal, either way.
        case data([UInt8])
        /// So many bytes more may be sent, either way: given as those before them are taken.
        case credit(UInt32)
        /// Server to agent.
        case resize(TerminalSize)
        /// Agent to server, after the last `data`: how the program ended. A signal's number is negative.
        case exit(Int32)
        /// Either way: no more of this terminal. The other side answers nothing, and forgets the number.
        case close(String)
    }

    public init(_ terminal: UInt32, _ content: Content) {
        self.terminal = terminal
        self.content = content
    }
}

extension RelayFrame {
    private enum Kind: UInt8 { case hello, open, opened, refused, data, credit, resize, exit, close }

    public var bytes: [UInt8] {
        switch content {
        case .hello(let text): framed(.hello, text.utf8)
        case .open(let size, let who): framed(.open, Self.bytes(size) + Array(who.utf8))
        case .opened: framed(.opened, [])
        case .refused(let why): framed(.refused, why.utf8)
        case .data(let bytes): framed(.data, bytes)
        case .credit(let count): framed(.credit, Self.bytes(count))
        case .resize(let size): framed(.resize, Self.bytes(size))
        case .exit(let status): framed(.exit, Self.bytes(UInt32(bitPattern: status)))
        case .close(let why): framed(.close, why.utf8)
        }
    }

    /// Nothing for bytes that are no frame: too short or long for their kind, of no kind, or text that is not UTF-8.
    public init?(_ bytes: [UInt8]) {
        guard bytes.count >= 5, bytes.count <= Self.largestFrame, let kind = Kind(rawValue: bytes[0]) else {
            return nil
        }
        terminal = Self.number(bytes[1..<5])
        let rest = bytes[5...]
        switch kind {
        case .hello: guard let text = Self.text(rest) else { return nil }; content = .hello(text)
        case .open:
            guard let size = Self.size(rest.prefix(4)), let who = Self.text(rest.dropFirst(4)) else { return nil }
            content = .open(size, who: who)
        case .opened: guard rest.isEmpty else { return nil }; content = .opened
        case .refused: guard let why = Self.text(rest) else { return nil }; content = .refused(why)
        case .data: content = .data(Array(rest))
        case .credit: guard rest.count == 4 else { return nil }; content = .credit(Self.number(rest))
        case .resize: guard let size = Self.size(rest) else { return nil }; content = .resize(size)
        case .exit: guard rest.count == 4 else { return nil }; content = .exit(Int32(bitPattern: Self.number(rest)))
        case .close: guard let why = Self.text(rest) else { return nil }; content = .close(why)
        }
    }

    private func framed(_ kind: Kind, _ rest: some Collection<UInt8>) -> [UInt8] {
        var frame: [UInt8] = []
        frame.reserveCapacity(5 + rest.count)
        frame.append(kind.rawValue)
        frame.append(contentsOf: Self.bytes(terminal))
        frame.append(contentsOf: rest)
        return frame
    }

    private static func bytes(_ number: UInt32) -> [UInt8] {
        [
            UInt8(truncatingIfNeeded: number >> 24), UInt8(truncatingIfNeeded: number >> 16),
            UInt8(truncatingIfNeeded: number >> 8), UInt8(truncatingIfNeeded: number),
        ]
    }

    private static func bytes(_ size: TerminalSize) -> [UInt8] {
        bytes(UInt32(size.columns) << 16 | UInt32(size.rows))
    }

    private static func number(_ bytes: some Collection<UInt8>) -> UInt32 { bytes.reduce(0) { $0 << 8 | UInt32($1) } }

    private static func size(_ bytes: some Collection<UInt8>) -> TerminalSize? {
        guard bytes.count == 4 else { return nil }
        let number = number(bytes)
        return TerminalSize(
            columns: UInt16(truncatingIfNeeded: number >> 16), rows: UInt16(truncatingIfNeeded: number))
    }

    private static func text(_ bytes: some Collection<UInt8>) -> String? { String(validating: bytes, as: UTF8.self) }
}
