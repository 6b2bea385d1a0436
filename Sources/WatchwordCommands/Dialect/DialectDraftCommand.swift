import ArgumentParser
import FoundationEssentials
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect

struct DialectDraftCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "draft", abstract: "Draft a dialect from an OpenAPI document of the API.",
        discussion: """
            Reads OpenAPI 3.0 and 3.1, as JSON or as YAML of the subset that dialects are written in. What it does not \
            understand is in `todo`, which `watchword dialect check` lists.
            """)

    @Option(name: .customLong("openapi"), help: "The document.") var document: String

    @Argument(help: "The file to make; without one the dialect is printed.") var file: String?

    func run() throws {
        guard let data = FileManager.default.contents(atPath: document) else {
            throw ValidationError("cannot read \(document)")
        }
        guard let draft = DialectDraft(openAPI: try read(Array(data))) else {
            throw ValidationError("\(document) is not an OpenAPI 3.0 or 3.1 document")
        }
        guard let file else { return Output.write(draft.text, to: 1) }
        guard !FileManager.default.fileExists(atPath: file) else {
            throw ValidationError("\(file) is there already; name another file")
        }
        guard FileManager.default.createFile(atPath: file, contents: Data(draft.text.utf8)) else {
            throw ValidationError("\(file) cannot be written")
        }
        Output.line("\(file) is written; `watchword dialect check \(file)` lists what is to be done")
    }

    private func read(_ bytes: [UInt8]) throws -> Value {
        if case .success(let value) = JSON.parse(bytes) { return value }
        let (node, mistakes) = YAML.read(bytes: bytes, file: document)
        if let node, mistakes.isEmpty { return node.value }
        let first = mistakes.first.map { "\n\($0.description)" } ?? ""
        throw ValidationError("\(document) is neither JSON nor YAML that this reads; save it as JSON\(first)")
    }
}
