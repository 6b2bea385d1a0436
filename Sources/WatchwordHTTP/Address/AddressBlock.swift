/// A block of addresses in CIDR notation (RFC 4632): `10.0.0.0/8`, `2001:db8::/32`, or one address.
public struct AddressBlock: Hashable, Sendable, CustomStringConvertible {
    private let first: IPAddress
    /// Of 128 bits; an IPv4 block counts from 96.
    private let prefix: Int

    /// Nothing if `text` is no block, or its prefix does not fit the family. Host bits are ignored.
    public init?(_ text: String) {
        let parts = text.split(separator: "/", omittingEmptySubsequences: false)
        guard parts.count <= 2, let address = IPAddress(parts[0]) else { return nil }
        let offset = address.isIPv4 ? 96 : 0
        var prefix = 128
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let bits = Int(parts[1]),
                bits <= 128 - offset
            else { return nil }
            prefix = offset + bits
        }
        self.prefix = prefix
        first = Self.masked(address, prefix)
    }

    public func contains(_ address: IPAddress) -> Bool { Self.masked(address, prefix) == first }

    public var description: String { "\(first)/\(first.isIPv4 && prefix >= 96 ? prefix - 96 : prefix)" }

    private static func masked(_ address: IPAddress, _ prefix: Int) -> IPAddress {
        IPAddress(high: address.high & mask(prefix), low: address.low & mask(prefix - 64))
    }

    /// The highest `bits` bits of a word, of which there are at most 64.
    private static func mask(_ bits: Int) -> UInt64 {
        bits <= 0 ? 0 : bits >= 64 ? .max : ~(UInt64.max >> UInt64(bits))
    }
}
