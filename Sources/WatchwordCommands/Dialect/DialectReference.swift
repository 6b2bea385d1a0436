import ArgumentParser
import WatchwordDescribe
import WatchwordDialect
import WatchwordServer

struct DialectReferencePage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print the dialect language, or a dialect, as a page of Markdown.",
        discussion: "Made from the tables that the loader reads by.")

    @Argument(help: "A built-in's name, or a file; the language itself if none is named.") var dialect: String?

    func run() throws {
        guard let dialect else { return Output.write(LanguagePage.markdown, to: 1) }
        let reading = try NamedDialect.reading(dialect)
        let page = DialectPage(reading.dialect, notes: reading.notes.map(\.message))
        Output.write(page.markdown, to: 1)
    }
}
