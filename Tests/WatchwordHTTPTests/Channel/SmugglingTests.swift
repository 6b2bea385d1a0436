import Testing
import WatchwordDialect

@testable import WatchwordHTTP

@Suite("a request that can be read in two ways", .timeLimit(.minutes(15)))
struct SmugglingTests {
    @Test(
        "is refused, and nothing behind it is read",
        arguments: [
            "Host: x\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n",
            "Host: x\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n",
            "Host: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n",
            "Host: x\r\nContent-Length: 5\r\nContent-Length: 5\r\n",
            "Host: x\r\nContent-Length: 5, 5\r\n",
            "Host: x\r\nContent-Length: +5\r\n",
            "Host: x\r\nContent-Length: -5\r\n",
            "Host: x\r\nContent-Length: 0x5\r\n",
            "Host: x\r\nContent-Length: 5 5\r\n",
            "Host: x\r\nTransfer-Encoding: gzip\r\n",
            "Host: x\r\nTransfer-Encoding: gzip, chunked\r\n",
            "Host: x\r\nTransfer-Encoding: chunked, gzip\r\n",
            "Host: x\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n",
            "Host: x\r\nTransfer-Encoding: xchunked\r\n",
            "Host: x\r\nTransfer-Encoding : chunked\r\n",
            "Host: x\r\n Transfer-Encoding: chunked\r\n",
            "Host: x\r\nContent-Length : 5\r\n",
            "Host: x\r\nHost: y\r\n",
            "",
            "Host: x\r\nX\r\n",
            "Host: x\r\nX:a\u{0}b\r\n",
            "Host: x\nContent-Length: 5\n",
            ": x\r\nHost: x\r\n",
        ])
    func refused(_ fields: String) async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "POST /first HTTP/1.1\r\n\(fields)\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer)")
            #expect(answer.hasSuffix("refused bad_request"))
            #expect(count("HTTP/1.1", in: answer) == 1)
            #expect(!answer.contains("smuggled"))
        }
    }

    @Test(
        "is refused in its first line as well",
        arguments: [
            "GET / HTTP/2.0", "GET / HTTP/0.9", "GET / HTTP/1.1 x", "GET /", "GET / http/1.1", "G\u{0}T / HTTP/1.1",
            "nonsense", "\u{16}\u{3}\u{1}\u{2}\u{0}", "GET /a\u{0}b HTTP/1.1", "PRI * HTTP/2.0", "get / HTTP/1.1",
        ])
    func requestLine(_ line: String) async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(port, "\(line)\r\nHost: x\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer)")
        }
    }

    @Test(
        "is refused in its chunks as well",
        arguments: [
            "g\r\n", "-1\r\n", "0x5\r\nhello\r\n0\r\n\r\n", "5\r\nhelloX\r\n0\r\n\r\n", "ffffffffffffffffff\r\n",
        ])
    func chunks(_ body: String) async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n\(body)")
            #expect(answer.hasPrefix("HTTP/1.1 400 Bad Request\r\n"), "\(answer)")
        }
    }

    @Test("chunks to an HTTP/1.0 server or from an HTTP/1.0 client are refused")
    func oldChunks() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r\n0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 400 "))
        }
    }

    @Test("requests sent ahead of a malformed one are still answered")
    func malformedBehind() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "GET /1 HTTP/1.1\r\nHost: x\r\n\r\nGET /2 HTTP/1.1\r\nX\r\n\r\n")
            #expect(answer.contains("GET /1 - []"))
            #expect(answer.hasSuffix("refused bad_request"))
        }
    }

    @Test("a request cut off by the client is not answered as if it were whole")
    func truncated() async throws {
        try await echoing { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\nab")
                try await client.closeOutput()
                let answer = try await client.rest()
                #expect(!answer.contains("200 OK"))
            }
        }
    }

    @Test("a name or message cannot end its header line and begin another")
    func responseSplitting() async throws {
        struct Splitting: Responder {
            func respond(to arrival: Arrival, from peer: Peer) async -> WireResponse {
                WireResponse(status: 200, headers: [("X-Name", "a\r\nSet-Cookie: b=c\n\u{0}d")])
            }
        }
        try await echoing(responder: Splitting()) { port, _ in
            let answer = try await WireClient.ask(port, "GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.contains("\r\nX-Name: a  Set-Cookie: b=c  d\r\n"))
        }
    }
}
