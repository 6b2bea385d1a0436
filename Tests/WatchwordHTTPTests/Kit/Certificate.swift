import Foundation
import WatchwordTestKit

@testable import WatchwordHTTP

/// A self-signed certificate for localhost, made for these tests and for nothing else.
struct Certificate {
    private let directory: TemporaryDirectory

    init() throws {
        directory = try TemporaryDirectory()
        for (name, text) in [("certificate", Self.certificate), ("key", Self.key), ("other", Self.otherKey)] {
            try text.write(toFile: directory.file(name), atomically: true, encoding: .utf8)
        }
    }

    var tls: ListenerTLS { ListenerTLS(certificateFile: file("certificate"), keyFile: file("key")) }

    /// `certificate`, `key`, and `other`, a key that does not fit.
    func file(_ name: String) -> String { directory.file(name) }

    private static let certificate = """
        -----BEGIN CERTIFICATE-----
        MIIBmzCCAUGgAwIBAgIUVx1+9ZTIzC3VmGOMdW5/DHTjhUwwCgYIKoZIzj0EAwIw
        FDESMBAGA1UEAwwJbG9jYWxob3N0MCAXDTI2MTEyMTA1NDM1N1oYDzIxMjYxMDI4
        MDU0MzU3WjAUMRIwEAYDVQQDDAlsb2NhbGhvc3QwWTATBgcqhkjOPQIBBggqhkjO
        PQMBBwNCAAQ/c05KLppnlAoceeTU1s/PxVAFSvPX4T91IYIaFkufd5Z2Ww/d8KYW
        uFQ6rwOAwe+AFBWnauT72/+1MNvae1Rpo28wbTAdBgNVHQ4EFgQUiaHbf1cKPQhd
        KKdcmXPorn7BGJAwHwYDVR0jBBgwFoAUiaHbf1cKPQhdKKdcmXPorn7BGJAwDwYD
        VR0TAQH/BAUwAwEB/zAaBgNVHREEEzARgglsb2NhbGhvc3SHBH8AAAEwCgYIKoZI
        zj0EAwIDSAAwRQIhAPp3QKOxjs7NDGJWZwfvOGG+fBTu5t6et9sEe+vXdHvjAiAc
        yN98CHQmYNchAZjQ11x4jpbQ1s/0Jz+pYXwLUJn7dQ==
        -----END CERTIFICATE-----

        """

    private static let key = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgN8flkTUu7FstIy6N
        HFS6+jThhTEWdAZEulpCfpoCzzihRANCAAQ/c05KLppnlAoceeTU1s/PxVAFSvPX
        4T91IYIaFkufd5Z2Ww/d8KYWuFQ6rwOAwe+AFBWnauT72/+1MNvae1Rp
        -----END PRIVATE KEY-----

        """

    private static let otherKey = """
        -----BEGIN PRIVATE KEY-----
        MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgGBasOrP5NHWwJLwe
        eWMRmUYW7UmoETm4gSwrgsLScuqhRANCAAQkqlu3xWz3yjpe4Bp0Df4J3n8hyTA1
        mQ8/EKZrrxuo4lNNoHmLdbKD+h9HaxER06lmWxJ7ZJb/bfvbIeobROGz
        -----END PRIVATE KEY-----

        """
}
