import Foundation
import Testing

@testable import WatchwordServer

@Suite("The pages that follow the code")
struct ReferenceTests {
    @Test("docs/reference/configuration.md is what the table of keys prints")
    func configuration() throws {
        let page = try String(contentsOfFile: repository + "/docs/reference/configuration.md", encoding: .utf8)
        #expect(
            page == ConfigurationReference.markdown,
            "run `watchword config reference > docs/reference/configuration.md`")
        for key in ConfigurationKey.server + ConfigurationKey.realm { #expect(page.contains("| `\(key.pathText)` |")) }
    }

    @Test("watchword.example.yaml loads, names every key, and gives the server's their first values")
    func example() throws {
        let path = repository + "/watchword.example.yaml"
        let text = try String(contentsOfFile: path, encoding: .utf8)
        let configuration = try Configuration.load(bytes: Array(text.utf8), file: "watchword.example.yaml")
        var plain = try Configuration.load(bytes: [], file: "watchword.yaml")
        plain.realms = configuration.realms
        #expect(configuration == plain)
        for key in ConfigurationKey.server + ConfigurationKey.realm {
            #expect(text.contains("\(key.path.last ?? ""):"), "\(key.pathText)")
        }
        let everything = text.split(separator: "\n").map { line in
            let isKey = line.drop { $0 == " " }.hasPrefix("# ") && line.hasPrefix(" ") && line.contains(":")
            return isKey ? String(line.replacing("# ", with: "", maxReplacements: 1)) : String(line)
        }.joined(separator: "\n")
        #expect(throws: Never.self) {
            _ = try Configuration.load(bytes: Array(everything.utf8), file: "watchword.example.yaml")
        }
    }
}
