import WatchwordCore
import WatchwordDialect

/// The opening handshake of a WebSocket, as a client asks for it: RFC 6455 section 4.2.1.
///
/// Extensions are not read: none is ever agreed to, so that no client may compress.
struct SocketHandshake: Sendable, Equatable {
    /// Sec-WebSocket-Key: 16 bytes of the client's choice in base64.
    let key: String
    /// The subprotocols that the client offers, the one it likes best first; empty if it names none.
    let subprotocols: [String]

    static let version = "13"

    /// What a request to the path of a socket is.
    enum Reading: Sendable, Equatable {
        case asked(SocketHandshake)
        case flawed(Flaw)
    }

    /// Why a request can not become a WebSocket.
    enum Flaw: Sendable, Equatable {
        /// It does not ask to: 426 that names the protocol (RFC 9110 section 15.5.22).
        case notAsked
        /// In a version of the protocol that is not spoken here: 426 that names ours (RFC 6455 section 4.4).
        case version
        /// It asks, and not as it must: 400.
        case malformed
    }

    static func read(_ request: WireRequest) -> Reading {
        guard tokens("upgrade", of: request).contains(where: { $0.lowercased() == "websocket" }),
            tokens("connection", of: request).contains(where: { $0.lowercased() == "upgrade" })
        else { return .flawed(.notAsked) }
        guard values("sec-websocket-version", of: request) == [version] else { return .flawed(.version) }
        let keys = values("sec-websocket-key", of: request)
        let subprotocols = tokens("sec-websocket-protocol", of: request)
        guard request.method == "GET", request.body.isEmpty, keys.count == 1, isKey(keys[0]),
            subprotocols.allSatisfy(isToken)
        else { return .flawed(.malformed) }
        return .asked(SocketHandshake(key: keys[0], subprotocols: subprotocols))
    }

    private static func values(_ name: String, of request: WireRequest) -> [String] {
        request.headers.filter { $0.name == name }.map(\.value)
    }

    /// The members of a list over all fields of that name (RFC 9110 section 5.6.1).
    private static func tokens(_ name: String, of request: WireRequest) -> [String] {
        values(name, of: request).flatMap { $0.split(separator: ",") }.compactMap { member in
            let text = member.drop { $0.isBlank }
            let end = text.lastIndex { !$0.isBlank }
            return end.map { String(text[...$0]) }
        }
    }

    private static func isKey(_ text: String) -> Bool {
        text.utf8.count == 24 && Base64.paddedBytes(text.utf8)?.count == 16
    }

    /// RFC 9110 section 5.6.2.
    private static func isToken(_ text: String) -> Bool {
        text.utf8.allSatisfy { (0x21...0x7E).contains($0) && !separators.contains($0) }
    }

    private static let separators = Set("\"(),/:;<=>?@[\\]{}".utf8)
}

extension SocketHandshake.Flaw {
    var status: Int {
        switch self {
        case .notAsked, .version: 426
        case .malformed: 400
        }
    }

    /// What the answer must say beside its words.
    var headers: [(name: String, value: String)] {
        switch self {
        case .notAsked: [("Upgrade", "websocket"), ("Connection", "Upgrade")]
        case .version:
            [
                ("Upgrade", "websocket"), ("Connection", "Upgrade"),
                ("Sec-WebSocket-Version", SocketHandshake.version),
            ]
        case .malformed: []
        }
    }

    /// The answer, in the words of another.
    func response(_ words: WireResponse) -> WireResponse {
        var response = words
        response.status = status
        response.headers += headers
        return response
    }
}

extension Character {
    fileprivate var isBlank: Bool { self == " " || self == "\t" }
}
