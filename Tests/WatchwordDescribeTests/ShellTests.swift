import Foundation
import Testing
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

/// Lines are pasted into a shell; here one reads them, with a `curl` that says what it was given.
@Suite("Lines for a shell")
struct ShellTests {
    /// The words that a shell makes of each line, its variables set.
    private func words(of lines: [String]) throws -> [[String]] {
        let script = """
            curl() { for word in "$@"; do printf '%s\\037' "$word"; done; printf '\\036'; }
            TOKEN=t1 REFRESH_TOKEN=r1 API_KEY=k1 LINK_TOKEN=l1 USER=u1

            """
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = ["-c", script + lines.joined(separator: "\n") + "\n"]
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let bytes = output.fileHandleForReading.readDataToEndOfFile()
        process.waitUntilExit()
        #expect(process.terminationStatus == 0)
        return String(decoding: bytes, as: UTF8.self).split(separator: "\u{1E}").map {
            $0.split(separator: "\u{1F}", omittingEmptySubsequences: false).dropLast().map(String.init)
        }
    }

    private static func filled(_ text: String) -> String {
        ["$REFRESH_TOKEN": "r1", "$LINK_TOKEN": "l1", "$API_KEY": "k1", "$TOKEN": "t1", "$USER": "u1"].reduce(text) {
            $0.replacingOccurrences(of: $1.key, with: $1.value)
        }
    }

    /// What follows an option, each time that it is there.
    private func values(of option: String, in words: [String]) -> [String] {
        words.indices.dropLast().filter { words[$0] == option }.map { words[$0 + 1] }
    }

    @Test("give curl each request of a shipped dialect, on one line and broken into several", arguments: shipped)
    func requests(name: String) throws {
        let dialect = try shippedDialect(name)
        let requests = dialect.routes.map { SampleRequest($0, of: dialect) }
        let whole = try words(of: requests.map { CurlLine($0, baseURL: "http://h", isOneLine: true).text })
        let broken = try words(of: requests.map { CurlLine($0, baseURL: "http://h").wrapped(width: 60, indent: 2) })
        #expect(whole.count == requests.count && broken.count == requests.count)
        for (request, words) in zip(requests, whole) {
            #expect(values(of: "-X", in: words) == (request.method == "GET" ? [] : [request.method]))
            #expect(words.contains { $0.hasPrefix("http://h" + Self.filled(request.path)) }, "\(words)")
            for header in request.headers {
                #expect(values(of: "-H", in: words).contains("\(header.name): \(Self.filled(header.value))"))
            }
            if case .json(let value) = request.body {
                let body = try JSON.parse(try #require(values(of: "-d", in: words).first).utf8).get()
                #expect(body == (try JSON.parse(Self.filled(JSON.text(value)).utf8).get()))
                #expect(values(of: "-H", in: words).contains("Content-Type: application/json"))
            }
        }
        for (one, several) in zip(whole, broken) {
            // A body for people is laid out in another way, and is the same.
            let same = { (word: String) in (try? JSON.parse(word.utf8).get()).map(JSON.text) ?? word }
            #expect(one.map(same) == several.map(same))
        }
    }

    @Test("take nothing of a dialect for a command of the shell")
    func hostile() throws {
        let names = ["it's", "a b", "$HOME", "`id`", "$(id)", "x\\\\y", "*", "!!", "~", "a;b", "\\\"q\\\"", "ü"]
        let members = names.enumerated().map { "\"fields.f\($0)\": \"\($1)\"" }.joined(separator: ", ")
        let fields = names.indices.map { "f\($0): {type: string}" }.joined(separator: ", ")
        let dialect = try small(
            routes: """
                POST /it's/$HOME/(id):
                  do: register
                  take: [json]
                  in: {email: mail, password: "pass'word", \(members)}
                  reply: {status: 201}
                """, more: "users: {fields: {\(fields)}}")
        let request = SampleRequest(dialect.routes[0], of: dialect)
        let line = try #require(try words(of: [CurlLine(request, baseURL: "http://h", isOneLine: true).text]).first)
        #expect(line.contains("http://h/it's/$HOME/(id)"), "\(line)")
        guard case .json(let value) = request.body else {
            Issue.record("no body")
            return
        }
        let sent = try #require(values(of: "-d", in: line).first)
        #expect(sent == JSON.text(value))
    }
}
