import NIOHTTP1
import WatchwordCore

/// How the body of a request ends, and how its connection goes on: RFC 9112 sections 6 and 9, read strictly.
///
/// Two readers that find different ends of one request let an attacker slip a second one through
/// (request smuggling), so whatever can be read in two ways is refused.
struct RequestFraming: Equatable, Sendable {
    /// The bytes that Content-Length announces; nothing for a chunked body.
    var announced: Int?
    var keepsAlive: Bool
    /// Whether the client waits for `100 Continue` before it sends the body (RFC 9110 section 10.1.1).
    var expectsContinue: Bool

    static func read(_ head: HTTPRequestHead, _ limits: ListenerLimits) -> Result<RequestFraming, RefusedFraming> {
        guard head.uri.utf8.count <= limits.targetBytes else { return .failure(.headersTooLarge) }
        let hosts = head.headers["host"]
        guard hosts.count == 1 || (hosts.isEmpty && head.isOld) else { return .failure(.badRequest) }

        let lengths = head.headers["content-length"]
        let codings = head.headers["transfer-encoding"]
        var announced: Int? = 0
        switch (lengths.count, codings.count) {
        case (0, 0): break
        case (1, 0):
            guard !lengths[0].isEmpty, lengths[0].utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
                return .failure(.badRequest)
            }
            // All digits and still no number: more than any limit.
            guard let length = Int(lengths[0]), length <= limits.bodyBytes else { return .failure(.tooLarge) }
            announced = length
        case (0, 1):
            guard codings[0].lowercased() == "chunked", !head.isOld else { return .failure(.badRequest) }
            announced = nil
        default: return .failure(.badRequest)
        }

        let expects = head.headers["expect"].contains { $0.lowercased() == "100-continue" }
        return .success(
            RequestFraming(
                announced: announced,
                keepsAlive: head.isKeepAlive && !leavesHTTP(head),
                expectsContinue: expects && !head.isOld && announced != 0))
    }

    /// Whether the parser takes what follows for another protocol, so that this is the connection's last request.
    private static func leavesHTTP(_ head: HTTPRequestHead) -> Bool {
        head.method == .CONNECT || head.headers.contains(name: "upgrade")
    }
}

/// Why a head is refused before anybody looks at what it asks for.
struct RefusedFraming: Error, Equatable {
    var code: RefusalCode

    static let badRequest = RefusedFraming(code: .badRequest)
    static let headersTooLarge = RefusedFraming(code: .headersTooLarge)
    static let tooLarge = RefusedFraming(code: .tooLarge)
}
