import ArgumentParser
import WatchwordCore
import WatchwordServer

struct PagesCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "pages", abstract: "Look at what the hosted pages say.", subcommands: [PagesWords.self])
}

struct PagesWords: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "words", abstract: "Print every word of the pages in English, to begin a translation from.",
        discussion: """
            `realms.NAME.pages.words` names a file of this form, which need not have all of it. `watchword config check` \
            says what is wrong with it.
            """)

    @Flag(help: "Print only what the realm's own file lacks, and its pages say in English.") var missing = false
    @OptionGroup var options: RealmOptions

    func run() throws {
        guard missing else { return Output.write(RealmReading.englishWords, to: 1) }
        let realm = try options.instance.configuration().realm(options.realm)
        Output.write(try RealmReading(realm, environment: options.instance.environment).missingWords, to: 1)
    }
}
