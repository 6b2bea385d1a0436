import Crypto
import WatchwordCore
import WatchwordEngine

/// AES-256-GCM (NIST SP 800-38D) under keys derived from the realm's secret, one for each purpose.
///
/// A sealed text is the nonce of 12 bytes, the ciphertext and the tag of 16 bytes. Nonces are random:
/// NIST bounds one key to 2^32 of them, far more than a realm ever seals.
public struct RealmSealer: Sealer {
    private let secret: SymmetricKey
    private let random: any RandomSource

    /// `secret` is the realm's, at least 32 bytes. Throws `keyMissing` for a shorter one.
    public init(secret: Secret, random: any RandomSource = SystemRandom()) throws {
        guard secret.bytes.count >= 32 else {
            throw Fault(.keyMissing, "the realm's secret has \(secret.bytes.count) bytes and needs at least 32")
        }
        self.secret = SymmetricKey(data: secret.bytes)
        self.random = random
    }

    public func seal(_ bytes: [UInt8], purpose: String) throws -> [UInt8] {
        do {
            let nonce = try AES.GCM.Nonce(data: random.bytes(Self.nonceCount))
            let box = try AES.GCM.seal(bytes, using: key(purpose), nonce: nonce)
            return Array(nonce) + Array(box.ciphertext) + Array(box.tag)
        } catch {
            throw Fault(.invariant, "sealing failed", cause: error)
        }
    }

    public func open(_ sealed: [UInt8], purpose: String) -> [UInt8]? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed),
            let opened = try? AES.GCM.open(box, using: key(purpose))
        else { return nil }
        return Array(opened)
    }

    public func derive(_ label: String) -> [UInt8] {
        Array(HMAC<SHA256>.authenticationCode(for: Array(label.utf8), using: secret))
    }

    private static let nonceCount = 12

    /// HKDF (RFC 5869) keeps the purposes' keys apart, and all of them from what `derive` gives.
    private func key(_ purpose: String) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: secret, salt: Array("watchword seal".utf8), info: Array(purpose.utf8), outputByteCount: 32
        )
    }
}
