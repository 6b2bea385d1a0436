import Logging
import NIOCore
import NIOPosix
import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordTestKit

@testable import WatchwordHTTP

@Suite("a listener", .timeLimit(.minutes(15)))
struct ListenerTests {
    @Test("speaks its dialect to a socket")
    func speaks() async throws {
        let speaking = try Speaking()
        let port = PortBox()
        var settings = ListenerSettings()
        settings.limits.bodyBytes = 200
        settings.onReady = { port.set($0) }
        let listener = try Listener(
            [Mount(engine: speaking.realm.engine(), dialect: speaking.dialect)], settings: settings,
            metrics: speaking.metrics, logger: .silent)
        _ = try await serving(try listener.service(), port: port) { port, _ in
            let body = #"{"email":"ada@example.com","password":"correct horse battery"}"#
            let registered = try await WireClient.ask(
                port,
                "POST /api/auth/register HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
                    + "Content-Length: \(body.utf8.count)\r\nConnection: close\r\n\r\n\(body)")
            #expect(registered.hasPrefix("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n"))
            #expect(registered.contains("Cache-Control: no-store\r\n"))
            #expect(!registered.contains("Server:"))

            let refused: [(String, Int)] = [
                ("POST /api/auth/login HTTP/1.1\r\nHost: x\r\nContent-Length: 201\r\n\r\n", 413),
                ("GET / HTTP/1.1\r\nHost: x\r\nX: \(String(repeating: "a", count: 20_000))\r\n\r\n", 431),
                ("GET / HTTP/1.1\r\n\r\n", 400),
                ("nonsense\r\n\r\n", 400),
                ("DELETE /api/auth/me HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", 405),
            ]
            for (request, status) in refused {
                let answer = try await WireClient.ask(port, request)
                #expect(answer.hasPrefix("HTTP/1.1 \(status) "), "\(answer)")
                #expect(answer.contains("\r\nContent-Type: application/json\r\n"))
                #expect(answer.split(separator: "\r\n\r\n").last?.hasPrefix(#"{"error":""#) == true)
            }
            #expect(speaking.metrics.text().contains(#"watchword_remembered_credentials{realm="authspec"} 0"#))
            #expect(speaking.metrics.text().contains(#"watchword_connections{realm="authspec",dialect="authspec"}"#))
            return true
        }
    }

    @Test("speaks TLS with its certificate, and nothing to those who do not")
    func encrypted() async throws {
        let certificate = try Certificate()
        try await echoing(tls: certificate.tls) { port, _ in
            let answer = try await WireClient.ask(
                port, "GET /t HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n", tls: true)
            #expect(answer.hasSuffix("GET /t - []"))
            let clear = try await WireClient.ask(port, "GET /t HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(!clear.contains("200 OK"))
            var limits = ListenerLimits.patient
            limits.bodyBytes = 1
        }
    }

    @Test("refuses over TLS as well")
    func refusesEncrypted() async throws {
        let certificate = try Certificate()
        try await echoing(tls: certificate.tls) { port, _ in
            let answer = try await WireClient.ask(
                port, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999\r\n\r\n", tls: true)
            #expect(answer.hasPrefix("HTTP/1.1 413 "))
            #expect(answer.hasSuffix("refused too_large"))
        }
    }

    @Test("names the file that stops TLS")
    func certificates() throws {
        let certificate = try Certificate()
        let file = certificate.file
        let cases = [
            (file("absent"), file("key"), "cannot read a certificate in \(file("absent"))"),
            (file("certificate"), file("absent"), "cannot read a private key in \(file("absent"))"),
            (file("key"), file("key"), file("key")),
            (file("certificate"), file("certificate"), "cannot read a private key in \(file("certificate"))"),
            (file("certificate"), file("other"), "the key in \(file("other")) does not fit"),
        ]
        for (certificateFile, keyFile, expected) in cases {
            let error = try #require(throws: ListenError.self) {
                _ = try ListenerTLS(certificateFile: certificateFile, keyFile: keyFile).context()
            }
            #expect(error.description.contains(expected), "\(error)")
        }
    }

    @Test("names the address that it cannot have")
    func taken() async throws {
        try await echoing { port, _ in
            var settings = ListenerSettings(port: port)
            for (host, expected) in [
                ("127.0.0.1", "cannot listen on 127.0.0.1:\(port): the port is in use by another process"),
                (
                    "192.0.2.1",
                    "cannot listen on 192.0.2.1:\(port): no network interface of this machine has that address"
                ),
                ("no such host", "cannot listen on no such host:\(port): "),
            ] {
                settings.host = host
                let service = try ListenerService(
                    settings: settings, responder: LiveResponder(EchoResponder()), clock: StoppedClock(),
                    connections: ConnectionCount(), logger: .silent)
                let error = try await #require(throws: ListenError.self) { try await service.run() }
                #expect(error.description.hasPrefix(expected), "\(error)")
            }
        }
    }
}
