import NIOCore
import NIOPosix
import NIOSSL
import Synchronization

/// Makes connections to one server.
struct ServerDial: Sendable {
    static let connectTime = TimeAmount.seconds(10)

    let address: ServerAddress
    private let tls: NIOSSLContext?
    private let group: any EventLoopGroup

    /// - Parameter authorities: a PEM file of the certificates to trust instead of the system's.
    ///
    /// Throws `AgentFailure` if that file cannot be used.
    init(_ address: ServerAddress, trusting authorities: String? = nil, on group: any EventLoopGroup) throws {
        self.address = address
        self.group = group
        guard address.isSecure else {
            tls = nil
            return
        }
        var configuration = TLSConfiguration.makeClientConfiguration()
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        do {
            if let authorities {
                configuration.trustRoots = .certificates(try NIOSSLCertificate.fromPEMFile(authorities))
            }
            tls = try NIOSSLContext(configuration: configuration)
        } catch {
            throw AgentFailure(
                .configuration, "--ca \(authorities ?? "") cannot be used: give a readable PEM file of certificates")
        }
    }

    /// A connection whose pipeline `configure` completes. Cancelling ends the attempt.
    func connect<Output: Sendable>(
        _ configure: @escaping @Sendable (any Channel) throws -> Output
    ) async throws -> Output {
        let attempts = Attempts()
        return try await withTaskCancellationHandler {
            try await ClientBootstrap(group: group)
                .connectTimeout(Self.connectTime)
                .channelOption(.tcpOption(.tcp_nodelay), value: 1)
                .connect(host: address.host, port: address.port) { channel in
                    attempts.add(channel)
                    return channel.eventLoop.makeCompletedFuture {
                        if let tls {
                            // An address is compared with those in the certificate, a name with its names.
                            try channel.pipeline.syncOperations.addHandler(
                                NIOSSLClientHandler(
                                    context: tls, serverHostname: address.isNumeric ? nil : address.host))
                        }
                        return try configure(channel)
                    }
                }
        } onCancel: {
            attempts.end()
        }
    }

    /// The channels of one attempt; there may be one for each address of the name.
    private final class Attempts: Sendable {
        private let channels = Mutex<(open: [any Channel], isOver: Bool)>(([], false))

        func add(_ channel: any Channel) {
            let isOver = channels.withLock { channels in
                channels.open.append(channel)
                return channels.isOver
            }
            if isOver { channel.close(promise: nil) }
        }

        func end() {
            let open = channels.withLock { channels in
                channels.isOver = true
                return channels.open
            }
            for channel in open { channel.close(promise: nil) }
        }
    }
}
