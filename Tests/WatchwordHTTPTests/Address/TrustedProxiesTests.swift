import Testing

@testable import WatchwordHTTP

@Suite("who the client is")
struct TrustedProxiesTests {
    private func client(
        peer: String, encrypted: Bool = false, trusting blocks: [String] = ["10.0.0.0/8", "2001:db8::/32"],
        field: TrustedProxies.Field = .xForwardedFor, _ headers: [(name: String, value: String)]
    ) -> Client {
        TrustedProxies(blocks.compactMap { AddressBlock($0) }, field: field)
            .client(of: Peer(address: IPAddress(peer), isEncrypted: encrypted), headers: headers)
    }

    @Test("a stranger's word about its address is not taken")
    func stranger() {
        let client = client(
            peer: "203.0.113.5", [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")])
        #expect(client.address == IPAddress("203.0.113.5"))
        #expect(client.transport == .unstated)
        #expect(!client.mayCarrySecrets)
    }

    @Test(
        "behind trusted proxies the client is the right-most hop that is not one",
        arguments: [
            (["198.51.100.9"], "198.51.100.9"),
            (["1.1.1.1, 198.51.100.9"], "198.51.100.9"),
            (["127.0.0.1, 198.51.100.9, 10.2.2.2"], "198.51.100.9"),
            (["1.1.1.1", "198.51.100.9 ,10.2.2.2"], "198.51.100.9"),
            (["10.3.3.3, 10.2.2.2"], "10.3.3.3"),
            (["198.51.100.9, unknown, 10.2.2.2"], "10.2.2.2"),
            (["198.51.100.9:4711"], "198.51.100.9"),
            (["[2001:db9::7]:4711"], "2001:db9::7"),
            (["2001:db9::7"], "2001:db9::7"),
            (["garbage"], "10.0.0.1"),
            ([""], "10.0.0.1"),
            ([], "10.0.0.1"),
        ])
    func hops(_ values: [String], _ expected: String) {
        let client = client(peer: "10.0.0.1", values.map { ("x-forwarded-for", $0) })
        #expect(client.address == IPAddress(expected))
    }

    @Test(
        "Forwarded says the same",
        arguments: [
            ("for=198.51.100.9", "198.51.100.9"),
            ("for=1.1.1.1, For=198.51.100.9;proto=https;by=10.0.0.1", "198.51.100.9"),
            ("for=\"[2001:db9::7]:4711\"", "2001:db9::7"),
            ("for=\"198.51.100.9:80\";host=\"a,b;c\"", "198.51.100.9"),
            ("for=_hidden", "10.0.0.1"),
            ("for=198.51.100.9, proto=https", "10.0.0.1"),
        ])
    func forwarded(_ value: String, _ expected: String) {
        let client = client(peer: "10.0.0.1", field: .forwarded, [("forwarded", value)])
        #expect(client.address == IPAddress(expected))
    }

    @Test("only the declared field is read, since a proxy passes the other on as the client wrote it")
    func oneField() {
        let first = client(peer: "10.0.0.1", [("forwarded", "for=127.0.0.1;proto=https")])
        #expect(first.address == IPAddress("10.0.0.1"))
        #expect(first.transport == .unstated)
        let second = client(
            peer: "10.0.0.1", field: .forwarded, [("x-forwarded-for", "127.0.0.1"), ("x-forwarded-proto", "https")])
        #expect(second.address == IPAddress("10.0.0.1"))
        #expect(second.transport == .unstated)
    }

    @Test("a trusted proxy's https is believed, unless a hop says otherwise")
    func scheme() {
        let hop = (name: "x-forwarded-for", value: "198.51.100.9")
        #expect(client(peer: "10.0.0.1", [hop, ("x-forwarded-proto", "HTTPS")]).transport == .encrypted)
        #expect(client(peer: "10.0.0.1", [hop, ("x-forwarded-proto", "https, https")]).transport == .encrypted)
        #expect(client(peer: "10.0.0.1", [hop, ("x-forwarded-proto", "http, https")]).transport == .plain)
        #expect(client(peer: "10.0.0.1", [hop, ("x-forwarded-proto", "http")]).transport == .plain)
        #expect(client(peer: "10.0.0.1", encrypted: true, [hop, ("x-forwarded-proto", "http")]).transport == .plain)
        #expect(client(peer: "10.0.0.1", [hop]).transport == .unstated)
        #expect(client(peer: "10.0.0.1", encrypted: true, [hop]).transport == .encrypted)
        let stated = client(peer: "10.0.0.1", field: .forwarded, [("forwarded", "for=198.51.100.9;proto=https")])
        #expect(stated.transport == .encrypted)
    }

    @Test("secrets travel encrypted, or never leave the machine")
    func secrets() {
        #expect(client(peer: "127.0.0.1", []).mayCarrySecrets)
        #expect(client(peer: "::1", []).mayCarrySecrets)
        #expect(!client(peer: "192.168.1.5", []).mayCarrySecrets)
        #expect(client(peer: "192.168.1.5", encrypted: true, []).mayCarrySecrets)
        let local = ["127.0.0.1"]
        let stranger = (name: "x-forwarded-for", value: "198.51.100.9")
        #expect(!client(peer: "127.0.0.1", trusting: local, [stranger]).mayCarrySecrets)
        #expect(!client(peer: "127.0.0.1", trusting: local, [("x-forwarded-proto", "http")]).mayCarrySecrets)
        #expect(client(peer: "127.0.0.1", trusting: local, [stranger, ("x-forwarded-proto", "https")]).mayCarrySecrets)
    }
}
