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

    /// What the binary carries, with a realm's own words in the place of ours.
    static func embedded(_ own: PageWords = PageWords()) throws -> PageLibrary {
        try PageLibrary(templates: EmbeddedPages.templates, words: own.all)
    }

    init(templates sources: [(name: String, text: String)], words: [String: String]) throws {
        var templates = MustacheLibrary()
        var texts: [String: MustacheTemplate] = [:]
        func parse(_ text: String, _ name: String) throws -> MustacheTemplate {
            do { return try MustacheTemplate(string: text) } catch { throw Flaw(name: name, cause: error) }
        }
        for source in sources { templates.register(try parse(source.text, source.name), named: source.name) }
        for (key, text) in words {
            let name = "words." + key
            templates.register(try parse(WordsFile.escaped(text), name), named: name)
            texts[key] = try parse("{{% CONTENT_TYPE:TEXT}}" + text, name)
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
