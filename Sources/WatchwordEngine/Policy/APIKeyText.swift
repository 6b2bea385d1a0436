import Crypto
import WatchwordCore

/// The text of API keys: `prefix`, then random or derived bytes and 4 bytes of checksum in the contract's encoding; or so
/// many letters of the contract's alphabet, of which the last 4 are the checksum where that leaves enough of them.
///
/// The checksum tells a mistyped or invented key from a real one without a look-up; it keeps no secret.
struct APIKeyText {
    private static let checksumBytes = 4
    private static let checksumLetters = 4
    /// Random bits that a checksum must leave.
    private static let enoughBits = 100

    let terms: APIKeyTerms

    init(_ terms: APIKeyTerms) { self.terms = terms }

    func random(_ source: any RandomSource) -> Secret { text(source) }

    /// A key of these bytes, as many as it asks for.
    func text(_ source: any RandomSource) -> Secret {
        if let letters = terms.letters {
            let payload = source.characters(payloadLength(letters), of: Array(letters.alphabet))
            return Secret(terms.prefix + payload + checksum(payload, letters))
        }
        let payload = source.bytes(terms.bytes - Self.checksumBytes)
        return Secret(terms.prefix + terms.encoding.encode(payload + checksum(payload[...])))
    }

    /// Whether what stands behind the prefix can be a key's.
    func canHaveMade(_ encoded: ArraySlice<UInt8>) -> Bool {
        if let letters = terms.letters {
            let alphabet = Array(letters.alphabet.utf8)
            guard encoded.count == letters.length, encoded.allSatisfy({ alphabet.contains($0) }) else { return false }
            let length = payloadLength(letters)
            let payload = String(decoding: encoded.prefix(length), as: UTF8.self)
            return constantTimeEqual(Array(checksum(payload, letters).utf8), encoded.dropFirst(length))
        }
        // No encoding takes more than two characters a byte.
        guard encoded.count <= terms.bytes * 2, let bytes = terms.encoding.decode(encoded, count: terms.bytes)
        else { return false }
        return constantTimeEqual(
            checksum(bytes.dropLast(Self.checksumBytes)), bytes.suffix(Self.checksumBytes))
    }

    private func checksum(_ payload: ArraySlice<UInt8>) -> [UInt8] {
        Array(SHA256.hash(data: Array(terms.prefix.utf8) + payload).prefix(Self.checksumBytes))
    }

    /// The digest's first bytes as letters; that some letters are likelier than others does not matter here.
    private func checksum(_ payload: String, _ letters: APIKeyTerms.Letters) -> String {
        let alphabet = Array(letters.alphabet)
        let digest = SHA256.hash(data: Array((terms.prefix + payload).utf8))
        return String(digest.prefix(letters.length - payload.count).map { alphabet[Int($0) % alphabet.count] })
    }

    private func payloadLength(_ letters: APIKeyTerms.Letters) -> Int {
        let shorter = letters.length - Self.checksumLetters
        let format = OpaqueFormat(.letters(alphabet: letters.alphabet, length: max(0, shorter)))
        return format.bits >= Self.enoughBits ? shorter : letters.length
    }
}

/// The bytes that the realm's secret gives for a label, block after block.
final class DerivedBytes: RandomSource {
    private let sealer: any Sealer
    private let label: String
    private let position = Locked(0)

    init(sealer: any Sealer, label: String) {
        self.sealer = sealer
        self.label = label
    }

    /// The next bytes of the stream.
    func bytes(_ count: Int) -> [UInt8] {
        position.with { position in
            var bytes: [UInt8] = []
            let size = 32
            while bytes.count < count {
                let (block, offset) = (position / size, position % size)
                let taken = sealer.derive("\(label)/\(block * size)")[offset...].prefix(count - bytes.count)
                bytes += taken
                position += taken.count
            }
            return bytes
        }
    }
}
