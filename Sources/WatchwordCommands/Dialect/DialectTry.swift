import ArgumentParser
import WatchwordDescribe

struct DialectTry: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "try", abstract: "Show every reply of a dialect with sample data in it, as HTTP text.",
        discussion: "Exits 65 if the file has a mistake.")

    @OptionGroup var named: NamedDialect

    func run() throws { Output.write(Trial(try named.read(), baseURL: named.baseURL).text, to: 1) }
}
