import ArgumentParser
import WatchwordCore

struct VersionCommand: ParsableCommand {
    static let configuration = CommandConfiguration(commandName: "version", abstract: "Print the version.")

    func run() { Output.line("watchword \(Version.text)") }
}
