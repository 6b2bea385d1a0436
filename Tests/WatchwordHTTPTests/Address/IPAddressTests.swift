import Testing

@testable import WatchwordHTTP

@Suite("addresses")
struct IPAddressTests {
    @Test(
        "an address is written in its canonical form",
        arguments: [
            ("192.0.2.7", "192.0.2.7"), ("0.0.0.0", "0.0.0.0"), ("255.255.255.255", "255.255.255.255"),
            ("::", "::"), ("::1", "::1"), ("2001:DB8::0:1", "2001:db8::1"),
            ("2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1"), ("1:0:3:4:5:6:7:8", "1:0:3:4:5:6:7:8"),
            ("1::", "1::"), ("fe80::1%eth0", "fe80::1"), ("::ffff:192.0.2.7", "192.0.2.7"),
            ("64:ff9b::192.0.2.33", "64:ff9b::c000:221"),
        ])
    func canonical(_ text: String, _ expected: String) {
        #expect(IPAddress(text)?.description == expected)
    }

    @Test(
        "what is no address is none",
        arguments: [
            "", "1.2.3", "1.2.3.4.5", "256.1.1.1", "01.2.3.4", "1.2.3.-4", "1.2.3.+4", " 1.2.3.4", "1.2.3.4%eth0",
            ":", ":::", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7::8", "12345::", "g::", "+1::",
            "::1.2.3", "1.2.3.4::", "unknown", "localhost",
        ])
    func malformed(_ text: String) {
        #expect(IPAddress(text) == nil)
    }

    @Test("loopback is 127.0.0.0/8 and ::1, also mapped")
    func loopback() {
        for text in ["127.0.0.1", "127.255.0.9", "::1", "::ffff:127.0.0.1"] {
            #expect(IPAddress(text)?.isLoopback == true)
        }
        for text in ["128.0.0.1", "10.127.0.1", "::2", "1::1", "::"] { #expect(IPAddress(text)?.isLoopback == false) }
    }

    @Test("an IPv6 client is throttled with its /64, an IPv4 client alone")
    func network() {
        #expect(IPAddress("2001:db8:1:2:3:4:5:6")?.network == "2001:db8:1:2::/64")
        #expect(IPAddress("2001:db8:1:2::9")?.network == "2001:db8:1:2::/64")
        #expect(IPAddress("192.0.2.7")?.network == "192.0.2.7")
    }

    @Test("every address survives being written and read", arguments: [UInt64(1), 7, 1_994])
    func roundTrip(_ seed: UInt64) {
        var state = seed
        func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
        for _ in 0..<2_000 {
            // Masks make runs of zero groups likely.
            let address = IPAddress(high: next() & next() & next(), low: next() & next() & next())
            #expect(IPAddress(address.description) == address, "seed \(seed)")
        }
    }
}

@Suite("address blocks")
struct AddressBlockTests {
    @Test(
        "a block holds its addresses and no others",
        arguments: [
            ("10.0.0.0/8", "10.255.1.2", true), ("10.0.0.0/8", "11.0.0.0", false),
            ("192.0.2.128/25", "192.0.2.127", false), ("192.0.2.128/25", "192.0.2.200", true),
            ("192.0.2.7", "192.0.2.7", true), ("192.0.2.7", "192.0.2.8", false),
            ("0.0.0.0/0", "203.0.113.9", true), ("0.0.0.0/0", "2001:db8::1", false),
            ("2001:db8::/32", "2001:db8:ffff::1", true), ("2001:db8::/32", "2001:db9::", false),
            ("2001:db8::/65", "2001:db8::8000:0:0:0", false), ("2001:db8::/65", "2001:db8::7000:0:0:0", true),
            ("::1", "::1", true), ("::/0", "2001:db8::1", true), ("10.0.0.0/8", "::ffff:10.1.2.3", true),
            ("10.9.8.7/8", "10.1.1.1", true),
        ])
    func contains(_ block: String, _ address: String, _ expected: Bool) throws {
        let block = try #require(AddressBlock(block))
        let address = try #require(IPAddress(address))
        #expect(block.contains(address) == expected)
    }

    @Test(
        "what is no block is none",
        arguments: [
            "", "/8", "10.0.0.0/", "10.0.0.0/33", "::/129", "10.0.0.0/-1", "10.0.0.0/8/8", "10/8", "a/8", "10.0.0.0/+8",
        ])
    func malformed(_ text: String) {
        #expect(AddressBlock(text) == nil)
    }

    @Test("a block is written without its host bits")
    func written() {
        #expect(AddressBlock("10.9.8.7/8")?.description == "10.0.0.0/8")
        #expect(AddressBlock("2001:db8:1::/32")?.description == "2001:db8::/32")
        #expect(AddressBlock("192.0.2.7")?.description == "192.0.2.7/32")
    }
}
