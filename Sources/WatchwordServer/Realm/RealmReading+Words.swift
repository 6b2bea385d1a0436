import FoundationEssentials
import WatchwordCore
import WatchwordDialect
import WatchwordWeb

extension RealmReading {
    /// Every word of the pages in English, as a file to begin a translation from.
    public static var englishWords: String { PageWords.english }

    /// What the realm's pages say in English, since it has no words of its own for it; as that file has it.
    public var missingWords: String { words.missing }

    /// Throws `StartFailure` for a file that cannot be read or has mistakes, with all of them.
    static func words(_ configuration: RealmConfiguration, _ dialects: [Spoken]) throws -> PageWords {
        guard configuration.pages.isEnabled, let file = configuration.pages.words else { return PageWords() }
        let name = configuration.name
        guard let data = FileManager.default.contents(atPath: file) else {
            throw StartFailure(
                .configuration, "`pages.words` of realm `\(name)`: cannot read \(file)",
                mend: "name a file that this user may read")
        }
        do throws(PageWordsMistakes) {
            let fields = dialects.flatMap(\.dialect.terms.accounts.fields).map(\.name)
            return try PageWords(Array(data), file: file, fields: fields)
        } catch {
            throw StartFailure(
                .configuration, "the words of the pages of realm `\(name)` cannot be used",
                details: error.mistakes.map(\.description),
                mend: "mend them, or leave realms.\(name).pages.words out for English; "
                    + "`watchword pages words` prints every word")
        }
    }
}
