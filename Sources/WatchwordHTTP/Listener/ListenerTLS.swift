import NIOCore
import NIOSSL

/// The certificate a listener shows, and its key: PEM files.
public struct ListenerTLS: Hashable, Sendable {
    /// The certificate, and behind it those of the authorities between it and the root.
    public var certificateFile: String
    public var keyFile: String

    public init(certificateFile: String, keyFile: String) {
        self.certificateFile = certificateFile
        self.keyFile = keyFile
    }

    /// TLS 1.2 and later (RFC 9325 section 3.1.1), HTTP/1.1 in ALPN.
    func context() throws(ListenError) -> NIOSSLContext {
        let certificates: [NIOSSLCertificate]
        do { certificates = try NIOSSLCertificate.fromPEMFile(certificateFile) } catch {
            throw ListenError("cannot read a certificate in \(certificateFile): \(error)")
        }
        guard !certificates.isEmpty else { throw ListenError("\(certificateFile) holds no certificate") }
        let key: NIOSSLPrivateKey
        do { key = try NIOSSLPrivateKey(file: keyFile, format: .pem) } catch {
            throw ListenError("cannot read a private key in \(keyFile): \(error)")
        }
        var configuration = TLSConfiguration.makeServerConfiguration(
            certificateChain: certificates.map { .certificate($0) }, privateKey: .privateKey(key))
        configuration.minimumTLSVersion = .tlsv12
        configuration.applicationProtocols = ["http/1.1"]
        // How long a client may take to say goodbye before its connection is cut.
        configuration.shutdownTimeout = .seconds(1)
        do { return try NIOSSLContext(configuration: configuration) } catch {
            throw ListenError("the key in \(keyFile) does not fit the certificate in \(certificateFile): \(error)")
        }
    }
}
