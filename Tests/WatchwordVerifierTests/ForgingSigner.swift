import Crypto
import WatchwordCore

/// Signs whatever header it is given, as an attacker would.
struct ForgingSigner {
    private let key: SymmetricKey

    init(secret: [UInt8]) throws { key = SymmetricKey(data: secret) }

    func token(header: String, claims: String) -> String {
        let signed = [header, claims].map { TextEncoding.base64url.encode(Array($0.utf8)) }.joined(separator: ".")
        let code = HMAC<SHA256>.authenticationCode(for: Array(signed.utf8), using: key)
        return "\(signed).\(TextEncoding.base64url.encode(Array(code)))"
    }
}
