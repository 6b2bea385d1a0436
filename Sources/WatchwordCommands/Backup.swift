import ArgumentParser
import WatchwordServer

struct Backup: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Write a complete copy of the database to a new file, beside a running server.",
        discussion: """
            Keep a copy of the secrets folder of the data directory as well: without it, tokens, mails and derived \
            keys of the copy cannot be read.
            """)

    @Argument(help: "The file to write; there must be none yet.") var file: String
    @OptionGroup var options: InstanceOptions

    func run() async throws {
        let instance = try await options.open()
        try await instance.backup(to: file)
        try await instance.close()
        Output.line("wrote \(file); keep \(instance.directory.secrets) with it")
    }
}
