import Logging
import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordHTTP
import WatchwordMail

@testable import WatchwordServer

@Suite("The configuration")
struct ConfigurationTests {
    func load(
        _ text: String = "", file: String = "watchword.yaml", options: ConfigurationOptions = ConfigurationOptions(),
        _ environment: [String: String] = [:]
    ) throws -> Configuration {
        try Configuration.load(bytes: Array(text.utf8), file: file, options: options, environment: environment)
    }

    @Test("without a file, five of the built-in dialects run on loopback, each on its own port")
    func nothingWritten() throws {
        let configuration = try load()
        #expect(configuration.dataDirectory == "./data")
        #expect(configuration.admin == Configuration.Address(host: "127.0.0.1", port: 9_091))
        #expect(configuration.throttle == ThrottleLimits())
        #expect(
            configuration.realms.map { "\($0.name) \($0.address.authority)" } == [
                "aethermind 127.0.0.1:3001", "chatops 127.0.0.1:3002", "vsay 127.0.0.1:3003",
                "authspec 127.0.0.1:3004", "stratify 127.0.0.1:8000",
            ])
        #expect(
            configuration.realms.allSatisfy {
                $0.requireHTTPS && $0.signUpOpen && $0.sendsNotices && $0.trustedProxies.isEmpty
            })
    }

    @Test("throttling is off only where that is written")
    func throttleOff() throws {
        #expect(try load("throttle: {enabled: false, key_burst: 3}").throttle == .off)
        #expect(try load("throttle: {enabled: true}").throttle == ThrottleLimits())
    }

    @Test("a socket's message bound is never below a frame of the relay")
    func messageBound() {
        #expect(throws: ConfigurationMistakes.self) { try load("sockets: {message_kib: 31}") }
    }

    @Test("every key of the file is read")
    func everyKey() throws {
        let configuration = try load(
            """
            data_directory: /var/lib/watchword
            log: {level: info, format: json}
            admin: {enabled: true, host: "::1", port: 9999}
            hashing: {memory_kib: 65536, iterations: 3, lanes: 4, queue: 10}
            throttle:
              {address_burst: 7, address_interval_ms: 11, attempt_burst: 12, attempt_interval_ms: 13, mailbox_burst: 14,
              mailbox_interval_ms: 15, key_burst: 16, key_interval_ms: 17}
            sockets:
              {connections: 21, per_account: 22, per_address: 23, unauthenticated_per_address: 24,
              authentication_seconds: 25, ping_seconds: 26, pong_seconds: 27, message_kib: 128, messages_per_second: 29,
              terminal_open_seconds: 30, terminal_input_seconds: 31}
            mail: {transport: file, directory: /var/mail/watchword, from: auth@example.com}
            realms:
              shop:
                dialect: stratify
                host: 0.0.0.0
                port: 8443
                public_url: https://auth.example.com
                tls: {certificate: /etc/tls/shop.pem, key: /etc/tls/shop.key}
                trusted_proxies: [10.0.0.0/8, "2001:db8::/32", 192.0.2.1]
                forwarded_field: forwarded
                cors_origins: ["https://app.example.com", "http://localhost:5173"]
                require_https: true
                sign_up: closed
                notices: false
                require_verified: true
                refuse_common_passwords: false
                session_days: 30
            """)
        var expected = Configuration()
        expected.dataDirectory = "/var/lib/watchword"
        expected.log.level = .info
        expected.log.format = .json
        expected.admin = Configuration.Address(host: "::1", port: 9_999)
        expected.hashing.memoryKiB = 65_536
        expected.hashing.iterations = 3
        expected.hashing.lanes = 4
        expected.hashing.queue = 10
        expected.throttle.address = Limit(burst: 7, every: 11_000)
        expected.throttle.attempt = Limit(burst: 12, every: 13_000)
        expected.throttle.mailbox = Limit(burst: 14, every: 15_000)
        expected.throttle.key = Limit(burst: 16, every: 17_000)
        expected.sockets.connections = 21
        expected.sockets.perAccount = 22
        expected.sockets.perAddress = 23
        expected.sockets.unauthenticatedPerAddress = 24
        expected.sockets.each.authenticationTime = .seconds(25)
        expected.sockets.each.pingEvery = .seconds(26)
        expected.sockets.each.pongWithin = .seconds(27)
        expected.sockets.each.messageBytes = 128 * 1_024
        expected.sockets.each.messagesPerSecond = 29
        expected.sockets.each.terminalOpenTime = .seconds(30)
        expected.sockets.each.terminalInputTime = .seconds(31)
        expected.mail.transport = .file
        expected.mail.directory = "/var/mail/watchword"
        var shop = RealmConfiguration(
            name: "shop", dialect: .builtIn("stratify"), address: Configuration.Address(host: "0.0.0.0", port: 8_443))
        shop.publicURL = "https://auth.example.com"
        shop.mail.from = Mailbox(address: "auth@example.com")
        shop.tls = RealmConfiguration.TLSFiles(certificate: "/etc/tls/shop.pem", key: "/etc/tls/shop.key")
        shop.trustedProxies = ["10.0.0.0/8", "2001:db8::/32", "192.0.2.1"]
        shop.forwardedField = .forwarded
        shop.corsOrigins = ["https://app.example.com", "http://localhost:5173"]
        shop.signUpOpen = false
        shop.sendsNotices = false
        shop.requireVerified = true
        shop.refuseCommonPasswords = false
        shop.sessionLimit = .days(30)
        expected.realms = [shop]
        #expect(configuration == expected)
    }

    @Test("a variable wins over the file, and an option over the variable")
    func precedence() throws {
        let file = "data_directory: /from/file\nadmin: {port: 1111}\nrealms:\n  my-shop: {dialect: vsay, port: 1}\n"
        let environment = [
            "WATCHWORD_DATA_DIRECTORY": "/from/environment", "WATCHWORD_ADMIN_PORT": "2222",
            "WATCHWORD_REALMS_MY_SHOP_PORT": "3", "WATCHWORD_REALMS_MY_SHOP_TRUSTED_PROXIES": "10.0.0.1,10.0.0.2",
        ]
        #expect(try load(file).dataDirectory == "/from/file")
        let overridden = try load(file, environment)
        #expect(overridden.dataDirectory == "/from/environment")
        #expect(overridden.admin?.port == 2_222)
        #expect(overridden.realms[0].address.port == 3)
        #expect(overridden.realms[0].trustedProxies == ["10.0.0.1", "10.0.0.2"])
        let chosen = try load(file, options: ConfigurationOptions(dataDirectory: "/chosen"), environment)
        #expect(chosen.dataDirectory == "/chosen")
    }

    @Test("every key has a variable that sets it, and no two share one")
    func variables() {
        let names =
            ConfigurationKey.server.map { $0.variable(.server) }
            + ConfigurationKey.realm.map { $0.variable(.realm("my-shop")) }
            + ConfigurationKey.dialect.map { $0.variable(.dialect("old", of: "my-shop")) }
        #expect(Set(names).count == names.count)
        #expect(names.contains("WATCHWORD_HASHING_MEMORY_KIB"))
        #expect(names.contains("WATCHWORD_REALMS_MY_SHOP_TLS_CERTIFICATE"))
    }

    @Test("paths of the file are relative to its folder, those of variables to the working directory")
    func paths() throws {
        let text = "data_directory: state\nrealms:\n  shop: {dialect: ./shop.yaml, port: 1}\n"
        let configuration = try load(text, file: "/etc/watchword/watchword.yaml")
        #expect(configuration.dataDirectory == "/etc/watchword/state")
        #expect(configuration.realms[0].first.location == .file("/etc/watchword/./shop.yaml"))
        let overridden = try load(
            text, file: "/etc/watchword/watchword.yaml", ["WATCHWORD_DATA_DIRECTORY": "elsewhere"])
        #expect(overridden.dataDirectory == "elsewhere")
    }

    @Test("--dialect serves that dialect alone, under a name taken from it")
    func alone() throws {
        let builtIn = try load(options: ConfigurationOptions(dialect: "stratify"))
        #expect(builtIn.realms.map(\.name) == ["stratify"])
        #expect(builtIn.realms[0].address.port == 8_000)
        let file = try load(options: ConfigurationOptions(dialect: "apis/My Own_API.yaml", port: 4_100))
        #expect(file.realms.map(\.name) == ["my-own-api"])
        #expect(file.realms[0].first.location == .file("apis/My Own_API.yaml"))
        #expect(file.realms[0].address.port == 4_100)
        let folder = try load(options: ConfigurationOptions(dialect: "Dialects/vsay/dialect.yaml"))
        #expect(folder.realms.map(\.name) == ["vsay"])
        #expect(folder.realms[0].address.port == 8_080)
    }

    @Test("plain HTTP off loopback is allowed behind a proxy, with TLS, or by saying so")
    func exposure() {
        for excuse in [
            "trusted_proxies: [10.0.0.1]", "require_https: false", "tls: {certificate: a, key: b}",
        ] {
            #expect(mistakes(in: "realms:\n  vsay: {host: 0.0.0.0, \(excuse)}\n") == [], "\(excuse)")
        }
    }

    @Test("the public URL is the one written, or made from the listener")
    func publicURL() throws {
        let urls = try load(
            """
            realms:
              vsay: {}
              authspec: {public_url: "https://auth.example.com"}
              stratify: {host: 10.1.2.3, tls: {certificate: a, key: b}}
            """
        ).realms.map(\.effectivePublicURL)
        #expect(urls == ["http://localhost:3003", "https://auth.example.com", "https://10.1.2.3:8000"])
    }

    @Test(
        "a realm's name derived from a dialect is always valid",
        arguments: [
            "x.yaml", "/", "9-lives.yaml", "a/ÜÖ.yaml", "-.yaml", "a--b.yaml", "./dialect.yaml", "é/dialect.yaml",
        ])
    func derivedNames(path: String) {
        #expect(RealmName.isValid(RealmName.derived(from: .file(path))))
    }
}
