import ServiceLifecycle
import Testing

@testable import WatchwordHTTP

@Suite("a connection", .timeLimit(.minutes(15)))
struct ConnectionTests {
    @Test("a request is answered, dated and framed")
    func answer() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(port, "GET /a?b=c HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(
                answer == """
                    HTTP/1.1 200 OK\r
                    Content-Type: text/plain\r
                    Date: Sun, 06 Nov 1994 08:49:37 GMT\r
                    Content-Length: 13\r
                    Connection: close\r
                    \r
                    GET /a b=c []
                    """)
        }
    }

    @Test("a connection serves one request after another")
    func keepAlive() async throws {
        try await echoing { port, _ in
            try await WireClient.connect(port) { client in
                for path in ["/1", "/2", "/3"] {
                    try await client.say("POST \(path) HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi")
                    #expect(try await client.response().hasSuffix("POST \(path) - [hi]"))
                }
            }
        }
    }

    @Test("requests sent ahead are answered in order")
    func pipelining() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port,
                "GET /1 HTTP/1.1\r\nHost: x\r\n\r\n"
                    + "POST /2 HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 3\r\n\r\nabc"
                    + "GET /3 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            let bodies = answer.split(separator: "\r\n\r\n").dropFirst().map { $0.prefix { $0 != "]" } }
            #expect(bodies == ["GET /1 - [", "POST /2 - [abc", "GET /3 - ["])
        }
    }

    @Test("more requests sent ahead than are kept end the connection after those kept")
    func pipeliningTooFar() async throws {
        var limits = ListenerLimits.patient
        limits.pipelinedRequests = 3
        try await echoing(limits) { port, _ in
            let answer = try await WireClient.ask(
                port, String(repeating: "GET /x HTTP/1.1\r\nHost: x\r\n\r\n", count: 20))
            #expect((2...5).contains(count("HTTP/1.1 200 OK", in: answer)))
        }
    }

    @Test("a body byte by byte, chunked, is the same body")
    func chunked() async throws {
        try await echoing { port, _ in
            try await WireClient.connect(port) { client in
                let text =
                    "POST /c HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n"
                for character in text { try await client.say(String(character)) }
                #expect(try await client.response().hasSuffix("POST /c - [abcde]"))
            }
        }
    }

    @Test("a client that waits for leave to send its body is given it")
    func expectContinue() async throws {
        try await echoing { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("POST / HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n")
                #expect(try await client.response() == "HTTP/1.1 100 Continue\r\n\r\n")
                try await client.say("ok")
                #expect(try await client.response().hasSuffix("[ok]"))
            }
        }
    }

    @Test("HTTP/1.0 is answered and closed, or kept if asked")
    func oldClient() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(port, "GET / HTTP/1.0\r\n\r\n")
            #expect(answer.hasPrefix("HTTP/1.1 200 OK"))
            #expect(answer.contains("Connection: close\r\n"))
            try await WireClient.connect(port) { client in
                try await client.say("GET / HTTP/1.0\r\nConnection: keep-alive\r\n\r\n")
                #expect(try await client.response().contains("Connection: keep-alive\r\n"))
                try await client.say("GET /again HTTP/1.0\r\n\r\n")
                #expect(try await client.response().hasSuffix("GET /again - []"))
            }
        }
    }

    @Test("HEAD has the length of the body and not the body")
    func head() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(port, "HEAD /h HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.contains("Content-Length: 12\r\n"))
            #expect(answer.hasSuffix("\r\n\r\n"))
        }
    }

    @Test("a client that closes its sending side still gets its answer")
    func halfClosed() async throws {
        try await echoing { port, _ in
            try await WireClient.connect(port) { client in
                try await client.say("GET /h HTTP/1.1\r\nHost: x\r\n\r\n")
                try await client.closeOutput()
                #expect(try await client.rest().hasSuffix("GET /h - []"))
            }
        }
    }

    @Test("after an upgrade nobody asked for, the answer ends the connection")
    func upgrade() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "GET /u HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n")
            #expect(answer.contains("Connection: close\r\n"))
            #expect(answer.hasSuffix("GET /u - []"))
        }
    }

    @Test("an absolute target means the same as its path")
    func absoluteForm() async throws {
        try await echoing { port, _ in
            let answer = try await WireClient.ask(
                port, "GET http://h.example/p?q=1 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
            #expect(answer.hasSuffix("GET /p q=1 []"))
        }
    }

    @Test("stopping lets the request in hand finish, closes idle connections, and takes no new one")
    func gracefulShutdown() async throws {
        let began = AsyncStream<Void>.makeStream()
        let release = AsyncStream<Void>.makeStream()
        let responder = EchoResponder { _ in
            began.continuation.yield()
            for await _ in release.stream { break }
        }
        try await echoing(responder: responder) { port, group in
            try await WireClient.connect(port) { idle in
                try await WireClient.connect(port) { busy in
                    try await busy.say("GET /slow HTTP/1.1\r\nHost: x\r\n\r\n")
                    for await _ in began.stream { break }
                    await group.triggerGracefulShutdown()
                    #expect(try await idle.rest() == "")
                    release.continuation.yield()
                    let answer = try await busy.rest()
                    #expect(answer.hasSuffix("GET /slow - []"))
                    #expect(answer.contains("Connection: close\r\n"))
                }
            }
            await #expect(throws: (any Error).self) {
                try await WireClient.connect(port) { _ in }
            }
        }
    }
}
