import ArgumentParser
import WatchwordDescribe

struct DialectSchemaCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "schema", abstract: "Print the JSON Schema of dialect files, for editors.",
        discussion: """
            A first line `# yaml-language-server: $schema=PATH` in a dialect lets an editor that knows it complete and \
            check the file as it is written.
            """)

    func run() { Output.json(DialectSchema.document) }
}
