import FoundationEssentials
import Mustache
import WatchwordCore

/// The templates and words of mails, read and checked: the built-in ones, or some of a folder in their place.
public struct MailTemplates: Sendable {
    private let libraries: [TemplateName.Part: MustacheLibrary]
    let words: [String: MustacheTemplate]

    /// The built-in ones. Throws `MailTemplateMistakes` only if the program was built from broken ones.
    public init() throws(MailTemplateMistakes) {
        try self.init(files: [], place: "")
    }

    /// Those of a folder: `KIND.subject.mustache`, `KIND.text.mustache` and `KIND.html.mustache` for one kind of mail,
    /// `message.*` for all that have none of their own, `layout.text.mustache` and `layout.html.mustache` for what stands
    /// around them, `words.txt` for texts. Throws `MailTemplateMistakes` with all that is wrong.
    public init(folder: String) throws(MailTemplateMistakes) {
        let manager = FileManager.default
        guard let names = try? manager.contentsOfDirectory(atPath: folder) else {
            throw MailTemplateMistakes(mistakes: [
                MailTemplateMistake(
                    folder, 0, 0, "cannot read this folder: name one that exists and that this user may read")
            ])
        }
        var files: [(name: String, text: String)] = []
        var mistakes: [MailTemplateMistake] = []
        for name in names.sorted() where !name.hasPrefix(".") && !name.hasSuffix("~") {
            guard let data = manager.contents(atPath: "\(folder)/\(name)"),
                let text = String(data: data, encoding: .utf8)
            else {
                mistakes.append(
                    MailTemplateMistake("\(folder)/\(name)", 0, 0, "cannot be read, or is not text in UTF-8"))
                continue
            }
            files.append((name, text))
        }
        try self.init(files: files, place: folder.hasSuffix("/") ? folder : folder + "/", mistakes)
    }

    /// `place` stands before the names of files in messages; `mistakes` are those found before.
    init(
        files: [(name: String, text: String)], place: String, _ mistakes: [MailTemplateMistake] = []
    ) throws(MailTemplateMistakes) {
        var mistakes = mistakes
        var texts: [TemplateName: (file: String, text: String)] = [:]
        for (file, text) in EmbeddedMail.templates {
            if let name = TemplateName(file: file) { texts[name] = (file, text) }
        }
        var words = try MailWords(EmbeddedMail.words.1, file: EmbeddedMail.words.0)
        var lines: [String: (file: String, line: Int)] = [:]
        for (file, text) in files {
            // To Swift, the line end of Windows is another character than `\n`.
            let text = text.replacing("\r\n", with: "\n")
            if let name = TemplateName(file: file) {
                texts[name] = (place + file, text)
            } else if file == "words.txt" {
                do throws(MailTemplateMistakes) {
                    let others = try MailWords(text, file: place + file)
                    for entry in others.entries {
                        lines[entry.key] = (place + file, entry.line)
                        guard words[entry.key] == nil else { continue }
                        let hint = suggestion(for: entry.key, among: words.entries.map(\.key))
                        mistakes.append(
                            MailTemplateMistake(
                                place + file, entry.line, 1,
                                "no text `\(entry.key)`\(hint.map { " (did you mean `\($0)`?)" } ?? "")"))
                    }
                    words = words.replaced(by: others)
                } catch { mistakes += error.mistakes }
            } else {
                let known = TemplateName.all.map(\.file) + ["words.txt"]
                let hint = suggestion(for: file, among: known).map { "did you mean `\($0)`?" }
                mistakes.append(
                    MailTemplateMistake(
                        place + file, 0, 0,
                        "no mail uses a file of this name: "
                            + (hint ?? "templates are KIND.subject.mustache, KIND.text.mustache and KIND.html.mustache")
                    ))
            }
        }
        let rules = TemplateRules(words: words, names: Set(texts.keys))
        var libraries: [TemplateName.Part: MustacheLibrary] = [:]
        for (name, each) in texts.sorted(by: { $0.value.file < $1.value.file }) {
            let found = rules.mistakes(in: each.text, file: each.file, name: name)
            mistakes += found
            guard let template = Self.template(each.text, name.part, each.file, &mistakes), found.isEmpty else {
                continue
            }
            libraries[name.part, default: MustacheLibrary()].register(template, named: name.subject.text)
        }
        var spoken: [String: MustacheTemplate] = [:]
        for entry in words.entries {
            let (file, line) = lines[entry.key] ?? ("en.txt", entry.line)
            mistakes += rules.mistakes(in: entry.text, file: file, name: nil, line: line)
            spoken[entry.key] = Self.template(entry.text, .text, file, &mistakes, line: line)
        }
        guard mistakes.isEmpty else { throw MailTemplateMistakes(mistakes: mistakes) }
        self.libraries = libraries
        self.words = spoken
    }

    /// One part of a mail of this kind, from these values.
    func render(_ part: TemplateName.Part, of kind: String, _ values: [String: Any]) -> String {
        guard let library = libraries[part] else { return "" }
        return library.render(values, withTemplate: kind) ?? library.render(values, withTemplate: "message")
            ?? ""
    }

    /// Text is not escaped, and HTML is: mustache says so in the template, on a line that leaves no trace.
    private static func template(
        _ text: String, _ part: TemplateName.Part, _ file: String, _ mistakes: inout [MailTemplateMistake],
        line: Int? = nil
    ) -> MustacheTemplate? {
        do {
            // First as it is, so that what is wrong is found in its place.
            let template = try MustacheTemplate(string: text)
            return part == .html ? template : try MustacheTemplate(string: "{{% CONTENT_TYPE:TEXT}}\n" + text)
        } catch let error as MustacheTemplate.ParserError {
            mistakes.append(
                MailTemplateMistake(
                    file, line ?? error.context.lineNumber, error.context.columnNumber, words(for: error.error)))
        } catch {
            mistakes.append(MailTemplateMistake(file, line ?? 0, 0, "\(error)"))
        }
        return nil
    }

    private static func words(for error: any Error) -> String {
        guard let error = error as? MustacheTemplate.Error else { return "a tag that is not closed by `}}`" }
        return switch error {
        case .sectionCloseNameIncorrect: "a section is closed that is not the one open here"
        case .unfinishedName:
            "a tag that is not closed by `}}`, or that has a name with other characters than letters, digits, `_` and `.`"
        case .expectedSectionEnd: "a section is not closed: every `{{#name}}` needs its `{{/name}}`"
        case .invalidSetDelimiter, .invalidConfigVariableSyntax, .unrecognisedConfigVariable:
            "delimiters and content types are not changed here"
        case .transformAppliedToInheritanceSection, .illegalTokenInsideInheritSection, .textInsideInheritSection:
            "between `{{<layout}}` and `{{/layout}}` there is nothing but `{{$content}}` ... `{{/content}}`"
        }
    }
}
