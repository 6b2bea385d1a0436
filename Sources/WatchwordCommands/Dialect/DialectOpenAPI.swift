import ArgumentParser
import WatchwordDescribe

struct DialectOpenAPI: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "openapi", abstract: "Print a dialect as an OpenAPI 3.1 document, in JSON.",
        discussion: "Every route, what it reads, and every status, field and body that it can answer.")

    @OptionGroup var named: NamedDialect

    func run() throws { Output.json(OpenAPI(try named.read(), baseURL: named.baseURL).document) }
}
