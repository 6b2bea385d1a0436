import Testing

@testable import WatchwordClient

@Suite("The server's address")
struct AgentAddressTests {
    @Test(
        "a name, a name with a port and a URL are read, and https is meant where nothing else is said",
        arguments: [
            ("auth.example.com", "https://auth.example.com", 443),
            ("Auth.Example.com:8443", "https://auth.example.com:8443", 8_443),
            ("https://auth.example.com/", "https://auth.example.com", 443),
            ("wss://auth.example.com:444/x/", "https://auth.example.com:444/x", 444),
            ("[2001:db8::1]:9", "https://[2001:db8::1]:9", 9), ("https://[::1]", "https://[::1]", 443),
            ("192.0.2.7", "https://192.0.2.7", 443),
        ])
    func read(_ text: String, _ origin: String, _ port: Int) throws {
        let address = try ServerAddress(text, insecure: false)
        #expect(address.origin == origin)
        #expect(address.port == port)
        #expect(address.isSecure)
    }

    @Test("the Host field has the port only where it is not the scheme's own")
    func authority() throws {
        #expect(try ServerAddress("a.example:443", insecure: false).authority == "a.example")
        #expect(try ServerAddress("a.example:80", insecure: false).authority == "a.example:80")
        #expect(try ServerAddress("http://localhost:80", insecure: true).authority == "localhost")
        #expect(try ServerAddress("[::1]:80", insecure: true).authority == "[::1]")
    }

    @Test(
        "without TLS the server is this machine, and it is meant",
        arguments: ["localhost:3003", "http://127.0.0.1:3003", "ws://[::1]:3003", "http://a.localhost"])
    func loopback(_ text: String) throws {
        #expect(try !ServerAddress(text, insecure: true).isSecure)
        if text.contains("://") { #expect(throws: AgentFailure.self) { try ServerAddress(text, insecure: false) } }
    }

    @Test(
        "a key does not go without TLS to another machine",
        arguments: [
            "http://auth.example.com", "auth.example.com", "ws://192.0.2.7:80", "127.0.0.1.example.com",
            "http://128.0.0.1",
        ])
    func plain(_ text: String) throws {
        let failure = try #require(throws: AgentFailure.self) { try ServerAddress(text, insecure: true) }
        #expect(failure.exit == .configuration)
        #expect(failure.text.contains("TLS"))
    }

    @Test(
        "what is no address is refused",
        arguments: [
            "", "://x", "ftp://x", "https://", "a b", "user@host", "host:0", "host:65536", "host:", "host:+1", "a:1:2",
            "::1", "[::1", "[x]",
            "[::1]x", "host?x=1", "host#x", "hé",
        ])
    func refused(_ text: String) {
        #expect(throws: AgentFailure.self) { try ServerAddress(text, insecure: false) }
    }
}
