import WatchwordCore

extension Loader {
    static let opaqueKeys = ["prefix", "bytes", "encoding", "alphabet", "length"]
    /// Where a length is written and no alphabet.
    private static let lettersAndDigits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"

    private enum Encoding: String, CaseIterable { case hex, base62, base64url, uuid }

    /// How a random text is written: `{prefix, bytes, encoding}` or `{prefix, alphabet, length}`.
    mutating func randomText(_ members: Members, _ owner: Node.Entry) -> OpaqueFormat? {
        let prefix = members["prefix"].flatMap { self.prefix($0) } ?? ""
        if let letters = letters(members, owner) {
            return letters.map { OpaqueFormat(prefix: prefix, .letters(alphabet: $0.alphabet, length: $0.length)) }
        }
        let bytes = members["bytes"].flatMap { integer($0, 16...256) } ?? 32
        guard let written = members["encoding"] else {
            return OpaqueFormat(prefix: prefix, .bytes(Int(bytes), .base64url))
        }
        guard let encoding: Encoding = choice(written) else { return nil }
        switch encoding {
        case .hex: return OpaqueFormat(prefix: prefix, .bytes(Int(bytes), .hex))
        case .base62: return OpaqueFormat(prefix: prefix, .bytes(Int(bytes), .base62))
        case .base64url: return OpaqueFormat(prefix: prefix, .bytes(Int(bytes), .base64url))
        case .uuid:
            if let place = members["bytes"]?.position {
                report.error("a uuid has its own length: `bytes` does not go with it", at: place)
            }
            return OpaqueFormat(prefix: prefix, .uuid)
        }
    }

    /// The alphabet and the length; nothing where neither is written, and nothing in it where there is a mistake.
    mutating func letters(_ members: Members, _ owner: Node.Entry) -> APIKeyTerms.Letters?? {
        guard members["alphabet"] != nil || members["length"] != nil else { return nil }
        for key in ["bytes", "encoding"] {
            if let place = members[key]?.position {
                report.error("`\(key)` does not go with `alphabet` and `length`", at: place)
            }
        }
        guard let length = required("length", of: members, owner).flatMap({ integer($0, 1...512) }) else {
            return .some(nil)
        }
        guard let entry = members["alphabet"] else {
            return .init(alphabet: Self.lettersAndDigits, length: Int(length))
        }
        return .some(alphabet(entry).map { .init(alphabet: $0, length: Int(length)) })
    }
}
