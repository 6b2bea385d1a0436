import FoundationEssentials
import Testing

@testable import WatchwordExchange

@Suite("Exchange files")
struct ExchangeFileTests {
    private static let sample = """
        # Two lines
        # of comment.
        POST /login?x=1
        Content-Type: application/json
        X-Empty:

        {"a": 1,

        "b": 2}
        ----
        200
        Content-Type: application/json

        {"token": "{{jwt > token}}"}
        ====
        GET /me
        Authorization: Bearer {{token}}
        ----
        204

        """

    @Test("are read with their comments, fields and bodies, empty lines in a body too")
    func reading() throws {
        let file = try ExchangeFile(Self.sample, name: "f")
        #expect(file.comments == ["Two lines", "of comment."])
        #expect(file.exchanges.count == 2)
        #expect(file.exchanges[0].target == "/login?x=1")
        #expect(file.exchanges[0].headers == [.init("Content-Type", "application/json"), .init("X-Empty", "")])
        #expect(file.exchanges[0].body == "{\"a\": 1,\n\n\"b\": 2}")
        #expect(file.exchanges[0].expected?.status == 200)
        #expect(file.exchanges[1].body == nil)
        #expect(file.exchanges[1].expected == .init(status: 204))
    }

    @Test("print to what reads as the same again")
    func roundTrip() throws {
        let file = try ExchangeFile(Self.sample, name: "f")
        #expect(try ExchangeFile(file.description, name: "f") == file)
    }

    @Test("that are shipped all read, and print to the same")
    func shipped() throws {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().appending(path: "Dialects")
        var count = 0
        for name in try FileManager.default.subpathsOfDirectory(atPath: root.path) where name.hasSuffix(".http") {
            let data = try #require(FileManager.default.contents(atPath: root.appending(path: name).path))
            let file = try ExchangeFile(String(decoding: data, as: UTF8.self), name: name)
            #expect(try ExchangeFile(file.description, name: name) == file, "\(name)")
            count += 1
        }
        #expect(count > 300)
    }

    @Test("may hold requests alone")
    func requestsAlone() throws {
        let file = try ExchangeFile("GET /a\n====\nGET /b", name: "f")
        #expect(file.exchanges.map(\.target) == ["/a", "/b"])
        #expect(file.exchanges.allSatisfy { $0.expected == nil })
    }

    @Test(
        "with a mistake say where it is",
        arguments: [
            ("", "f:1: the file holds no exchange"),
            ("GET\n----\n200", "f:1: a request starts with a method and a path, not `GET`"),
            ("# c\nGET a", "f:2: a request starts with a method and a path, not `GET a`"),
            ("GET /a\nnonsense\n----\n200", "f:2: a header field is `Name: value`, not `nonsense`"),
            ("GET /a\n----\nOK", "f:3: a response starts with its status, not `OK`"),
            ("GET /a\n----\n999", "f:3: a response starts with its status, not `999`"),
            ("GET /a\n----", "f:3: something is missing here"),
            ("GET /a\n====\n====\nGET /b", "f:3: something is missing here"),
        ])
    func mistakes(text: String, message: String) {
        #expect {
            try ExchangeFile(text, name: "f")
        } throws: { "\($0)" == message }
    }
}
