import ArgumentParser
import FoundationEssentials
import WatchwordCore
import WatchwordDescribe
import WatchwordDialect
import WatchwordServer

struct DialectNew: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "new", abstract: "Ask some questions, and write a first dialect.",
        discussion: "What it writes has no mistake, whatever the answers are.")

    @Argument(help: "The file to make; without one the dialect is printed.") var file: String?

    @Flag(help: "Ask nothing: every answer is the one that is offered.") var yes = false

    @Option(help: "Take answers from a file of `question: answer`, and ask nothing.") var answers: String?

    func run() throws {
        if let file, FileManager.default.fileExists(atPath: file) {
            throw ValidationError("\(file) is there already; name another file")
        }
        let text = NewDialect(try given ?? asked()).text
        guard let file else { return Output.write(text, to: 1) }
        guard FileManager.default.createFile(atPath: file, contents: Data(text.utf8)) else {
            throw ValidationError("\(file) cannot be written")
        }
        Output.line("\(file) is written; `watchword dialect explain \(file)` shows what it says")
    }

    /// The answers that need no asking; nothing if questions are to be asked.
    private var given: [String: String]? {
        get throws {
            guard let answers else { return yes ? [:] : nil }
            guard let data = FileManager.default.contents(atPath: answers) else {
                throw ValidationError("cannot read \(answers)")
            }
            let (node, mistakes) = YAML.read(bytes: Array(data), file: answers)
            var given: [String: String] = [:]
            var wrong = mistakes.map(\.description)
            for entry in node?.entries ?? [] {
                guard let question = Question.all.first(where: { $0.name == entry.key }) else {
                    let hint = suggestion(for: entry.key, among: Question.all.map(\.name)) ?? ""
                    wrong.append(
                        "\(answers):\(entry.position.line): no question `\(entry.key)`"
                            + (hint.isEmpty ? "" : " (did you mean `\(hint)`?)"))
                    continue
                }
                let answer = entry.value.scalar.map { $0.string ?? JSON.text($0) } ?? ""
                if let mistake = question.mistake(answer) {
                    wrong.append("\(answers):\(entry.position.line): \(mistake)")
                }
                given[entry.key] = answer
            }
            guard wrong.isEmpty else { throw ValidationError(wrong.joined(separator: "\n")) }
            return given
        }
    }

    /// Asks on the error stream, so that what is printed is the dialect alone; the end of input takes what is offered.
    private func asked() -> [String: String] {
        var answers: [String: String] = [:]
        for question in Question.all {
            if question.name == "refresh_ttl", !["rotate", "reuse", nil].contains(answers["refresh"]) { continue }
            while true {
                let choices = question.choices.isEmpty ? "" : " (\(question.choices.joined(separator: ", ")))"
                Output.write("\(question.words)\(choices) [\(question.standing)] ", to: 2)
                guard let line = readLine() else { return answers }
                let answer = Identifier.trimmed(line)
                if answer.isEmpty { break }
                if let mistake = question.mistake(answer) {
                    Output.error(mistake)
                    continue
                }
                answers[question.name] = answer
                break
            }
        }
        return answers
    }
}
