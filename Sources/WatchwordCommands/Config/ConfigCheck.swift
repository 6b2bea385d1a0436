import ArgumentParser
import WatchwordCore
import WatchwordDialect
import WatchwordServer

struct Config: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "config", abstract: "Look at the configuration.",
        subcommands: [ConfigCheck.self, ConfigReferencePage.self])
}

struct ConfigCheck: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "check", abstract: "Check the configuration and every dialect it names, without starting.",
        discussion: "Shows every mistake at once and exits 78, or 65 for a dialect. Nothing is written.")

    @OptionGroup var options: InstanceOptions

    func run() async throws {
        let configuration = try options.configuration()
        for realm in configuration.realms {
            let reading = try RealmReading(realm, environment: options.environment)
            try reading.checkSecrets()
            for note in reading.dialects.flatMap(\.notes) { Output.error(note.description) }
        }
        Output.line("ok: \(configuration.realms.map(\.name).joined(separator: ", "))")
    }
}

struct ConfigReferencePage: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reference", abstract: "Print every configuration key as a page of Markdown.")

    func run() { Output.write(ConfigurationReference.markdown, to: 1) }
}
