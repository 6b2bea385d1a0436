/// An IPv4 or IPv6 address.
///
/// IPv4 is kept as its IPv4-mapped IPv6 form (RFC 4291 section 2.5.5.2), so that a dual-stack socket's
/// `::ffff:192.0.2.7` and a plain `192.0.2.7` are the same address.
public struct IPAddress: Hashable, Sendable, CustomStringConvertible {
    let high: UInt64
    let low: UInt64

    init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Reads `192.0.2.7`, `2001:db8::1` or `fe80::1%eth0` (the zone is dropped); nothing if it is neither.
    public init?(_ text: some StringProtocol) {
        let zoneless = text.prefix { $0 != "%" }
        if zoneless.utf8.contains(UInt8(ascii: ":")) {
            guard let groups = Self.groups(zoneless) else { return nil }
            high = groups[..<4].reduce(0) { $0 << 16 | UInt64($1) }
            low = groups[4...].reduce(0) { $0 << 16 | UInt64($1) }
        } else {
            guard zoneless.utf8.count == text.utf8.count, let quad = Self.quad(zoneless) else { return nil }
            high = 0
            low = 0xFFFF << 32 | UInt64(quad)
        }
    }

    var isIPv4: Bool { high == 0 && low >> 32 == 0xFFFF }

    /// 127.0.0.0/8 or ::1.
    public var isLoopback: Bool { isIPv4 ? (low >> 24) & 0xFF == 127 : high == 0 && low == 1 }

    /// What is throttled as one client: an IPv4 address itself, an IPv6 address's /64, which one person commands whole.
    public var network: String {
        isIPv4 ? description : IPAddress(high: high, low: 0).description + "/64"
    }

    /// Dotted for IPv4, else the canonical text of RFC 5952.
    public var description: String {
        if isIPv4 {
            return stride(from: 24, through: 0, by: -8).map { String((low >> $0) & 0xFF) }.joined(separator: ".")
        }
        let groups = [high, low].flatMap { half in
            stride(from: 48, through: 0, by: -16).map { UInt16(truncatingIfNeeded: half >> $0) }
        }
        let text = { (part: ArraySlice<UInt16>) in part.map { String($0, radix: 16) }.joined(separator: ":") }
        guard let zeros = Self.longestZeros(groups) else { return text(groups[...]) }
        return text(groups[..<zeros.lowerBound]) + "::" + text(groups[zeros.upperBound...])
    }

    /// The first of the longest runs of at least two zero groups (RFC 5952 section 4.2).
    private static func longestZeros(_ groups: [UInt16]) -> Range<Int>? {
        var best: Range<Int>?
        var start = 0
        while start < groups.count {
            var end = start
            while end < groups.count, groups[end] == 0 { end += 1 }
            if end - start >= 2, end - start > best?.count ?? 0 { best = start..<end }
            start = max(end, start + 1)
        }
        return best
    }

    private static func quad(_ text: some StringProtocol) -> UInt32? {
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var result: UInt32 = 0
        for part in parts {
            // No leading zeros: some readers take them for octal, and two readings of one address are a hole.
            guard (1...3).contains(part.utf8.count), part.utf8.allSatisfy({ (0x30...0x39).contains($0) }),
                part == "0" || !part.hasPrefix("0"), let octet = UInt8(part)
            else { return nil }
            result = result << 8 | UInt32(octet)
        }
        return result
    }

    private static func groups(_ text: some StringProtocol) -> [UInt16]? {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard halves.count <= 2, let head = words(halves[0]) else { return nil }
        guard halves.count == 2 else { return head.count == 8 ? head : nil }
        // A dotted quad ends an address; nothing can follow it.
        guard !halves[0].contains("."), let tail = words(halves[1]), head.count + tail.count < 8 else { return nil }
        return head + [UInt16](repeating: 0, count: 8 - head.count - tail.count) + tail
    }

    private static func words(_ text: some StringProtocol) -> [UInt16]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        var result: [UInt16] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, part.contains("."), let quad = quad(part) {
                result += [UInt16(quad >> 16), UInt16(truncatingIfNeeded: quad)]
            } else {
                guard (1...4).contains(part.utf8.count), part.utf8.allSatisfy({ $0 != 0x2B && $0 != 0x2D }),
                    let word = UInt16(part, radix: 16)
                else { return nil }
                result.append(word)
            }
        }
        return result
    }
}
