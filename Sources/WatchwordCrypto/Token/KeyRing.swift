import WatchwordCore

/// The keys of one name, all of one algorithm: the one that signs, those whose tokens are still good, and the next
/// one, published before it signs.
public struct KeyRing: Sendable {
    /// In the order in which they are published.
    let keys: [PreparedKey]
    /// Nothing for an old issuer's keys.
    let signing: PreparedKey?

    init(keys: [PreparedKey], signing: PreparedKey?) {
        self.keys = keys
        self.signing = signing
    }

    /// The first key signs, and all of them verify. `isForeign`: they are an old issuer's, and none signs.
    /// Throws `keyMissing` for a key that its algorithm cannot use, and for one that signs and is a public key.
    public init(_ keys: [SigningKey], name: String, isForeign: Bool = false) throws {
        self.keys = try keys.map { try PreparedKey($0, name: name, isForeign: isForeign) }
        signing = isForeign ? nil : self.keys.first
        guard signing?.canSign ?? isForeign else {
            throw Fault(.keyMissing, "the signing key \(name) is no private key: a public one verifies and cannot sign")
        }
    }

    /// The keys that may have signed a token with this header, in base64url: the one it names, or all of them if it
    /// names none. What it names chooses among the ring's keys and nothing else (RFC 8725 section 3.10).
    func candidates(for header: ArraySlice<UInt8>) -> [PreparedKey] {
        // A shared secret and an old issuer's key stand alone: nothing is parsed before it is authentic.
        if keys.count == 1, keys[0].id == nil { return keys }
        if let known = keys.first(where: { $0.isStart(header) }) { return [known] }
        guard let bytes = TextEncoding.base64urlBytes(header), case .success(let parsed) = JSON.parse(bytes),
            case .object = parsed
        else { return [] }
        guard let named = parsed["kid"] else { return keys }
        return keys.filter { $0.id == nil || $0.id == named.string }
    }
}
