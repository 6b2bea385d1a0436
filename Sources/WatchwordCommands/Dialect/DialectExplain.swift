import ArgumentParser
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect
import WatchwordServer

struct DialectExplain: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "explain",
        abstract:
            "Explain a dialect: each route as a curl line, with a sample answer and its refusals, each socket as a conversation.",
        discussion: "The lines use the variables TOKEN, REFRESH_TOKEN, API_KEY and LINK_TOKEN of the shell.")

    @OptionGroup var named: NamedDialect

    @Argument(help: "Only this: a path, a method and a path, or an operation.") var route: [String] = []

    func run() throws {
        let explanation = Explanation(try named.read(), baseURL: named.baseURL)
        let wanted = route.isEmpty ? nil : route.joined(separator: " ")
        guard let text = explanation.text(wanted) else {
            let meant = wanted ?? ""
            let hint = suggestion(for: meant, among: explanation.names).map { " (did you mean `\($0)`?)" } ?? ""
            throw ValidationError("no route or socket `\(meant)`\(hint)")
        }
        Output.write(text, to: 1)
    }
}
