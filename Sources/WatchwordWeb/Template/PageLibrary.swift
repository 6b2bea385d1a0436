import Mustache
import WatchwordCore

/// The templates and words of the pages, parsed once.
///
/// Each word is a partial, `words.sign_in.title`, with its text escaped; it may hold places, `{{site.name}}`, which are
/// escaped as everywhere. `text` gives a word as plain text, for what a page's code puts together.
struct PageLibrary: Sendable {
    private let templates: MustacheLibrary
    private let texts: [String: MustacheTemplate]

    /// A template or word that does not parse: a mistake in the sources, found at start.
    struct Flaw: Error, CustomStringConvertible {
        var name: String
        var cause: any Error
        var description: String { "the page template \(name) does not parse: \(cause)" }
    }

    /// What the binary carries.
    static func embedded() throws -> PageLibrary {
        try PageLibrary(
            templates: EmbeddedPages.templates, words: EmbeddedPages.words.first { $0.name == "en" }?.text ?? "")
    }

    init(templates sources: [(name: String, text: String)], words: String) throws {
        var templates = MustacheLibrary()
        var texts: [String: MustacheTemplate] = [:]
        func parse(_ text: String, _ name: String) throws -> MustacheTemplate {
            do { return try MustacheTemplate(string: text) } catch { throw Flaw(name: name, cause: error) }
        }
        for source in sources { templates.register(try parse(source.text, source.name), named: source.name) }
        for word in WordsFile.entries(of: words) {
            let name = "words." + word.key
            templates.register(try parse(WordsFile.escaped(word.text), name), named: name)
            texts[word.key] = try parse("{{% CONTENT_TYPE:TEXT}}" + word.text, name)
        }
        self.templates = templates
        self.texts = texts
    }

    /// Whether there is such a word.
    func has(_ key: String) -> Bool { texts[key] != nil }

    /// A word as plain text; its key where there is none, so that the lack shows.
    func text(_ key: String, _ context: [String: Any] = [:]) -> String {
        texts[key]?.render(context, library: templates) ?? key
    }

    /// A page; nothing for an unknown template.
    func render(_ template: String, _ context: [String: Any]) -> String? {
        templates.render(SafeContext.of(context), withTemplate: template)
    }
}
