import NIOCore

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// Why a listener cannot start, in words for the operator.
public struct ListenError: Error, Equatable, CustomStringConvertible {
    public var description: String

    init(_ description: String) { self.description = description }

    /// What the system said to binding this address.
    init(binding host: String, _ port: Int, _ error: any Error) {
        let place = host.contains(":") ? "[\(host)]:\(port)" : "\(host):\(port)"
        let reason =
            switch (error as? IOError)?.errnoCode {
            case EADDRINUSE: "the port is in use by another process; stop it or choose another port"
            case EACCES: "not permitted; ports below 1024 need the privilege CAP_NET_BIND_SERVICE"
            case EADDRNOTAVAIL: "no network interface of this machine has that address"
            default: "\(error)"
            }
        self.init("cannot listen on \(place): \(reason)")
    }
}
