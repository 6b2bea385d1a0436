import Glibc
import NIOCore
import NIOPosix
import NIOSSL

/// Why a connection could not be had or was lost, in a few words for the log.
enum ConnectionProblem {
    static func text(_ error: any Error) -> String {
        switch error {
        case let error as NIOConnectionError:
            if let first = error.connectionErrors.first { return text(first.error) }
            return error.dnsAError == nil && error.dnsAAAAError == nil ? "no address" : "the name is not found"
        case let error as IOError: return String(cString: strerror(error.errnoCode))
        case ChannelError.connectTimeout: return "no answer to connecting"
        case is TooLate: return "no answer in time"
        case is ServerTalkative: return "an answer that is too long"
        case let error as NIOSSLError: return "TLS: \(tls(error))"
        case is NIOSSLExtraError: return "TLS: its certificate is for another name"
        case is ServerSilent, is ChannelError: return "it closed the connection"
        default: return "\(type(of: error))"
        }
    }

    private static func tls(_ error: NIOSSLError) -> String {
        guard case .handshakeFailed(let reason) = error else { return "the connection broke" }
        return "\(reason)".contains("CERTIFICATE_VERIFY_FAILED")
            ? "its certificate is not trusted; --ca FILE trusts a private authority" : "no agreement on how to speak"
    }
}
