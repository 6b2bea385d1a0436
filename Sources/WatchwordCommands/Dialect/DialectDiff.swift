import ArgumentParser
import WatchwordDescribe
import WatchwordServer

struct DialectDiff: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "diff", abstract: "Show what a client could notice between two versions of a dialect.",
        discussion: """
            Each line is `breaking` (a client that worked can fail), `compatible` or `behaviour` (the wire is the same, \
            and something else happens). Exits 1 if a line is breaking.
            """)

    @Argument(help: "The dialect as it was: a built-in's name, or a file.") var old: String

    @Argument(help: "The dialect as it is.") var new: String

    func run() throws {
        let difference = DialectDifference(
            from: try NamedDialect.reading(old).dialect, to: try NamedDialect.reading(new).dialect)
        Output.write(difference.text, to: 1)
        if difference.isBreaking { throw ExitCode(1) }
    }
}
