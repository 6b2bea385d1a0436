import WatchwordCore
import WatchwordDialect
import WatchwordMail
import WatchwordWeb

/// Every dialect of a realm, read and checked, alone and with the others.
public struct RealmReading: Sendable {
    public struct Spoken: Sendable {
        public var spoken: SpokenDialect
        /// With the operator's decisions applied, and with the keys that the realm's dialects share.
        public var dialect: Dialect
        public var notes: [Diagnostic]
        var files: [String] = []
    }

    public let configuration: RealmConfiguration
    /// In the order of the configuration; at least one.
    public let dialects: [Spoken]
    /// The templates of its mails.
    let mails: MailTemplates
    let environment: RealmEnvironment
    /// What stands beside the name on its pages.
    let picture: PagePicture?
    /// What its pages say in words of its own.
    let words: PageWords

    /// Throws `StartFailure` with every mistake of the first dialect that cannot be read, or of their not fitting together.
    public init(_ configuration: RealmConfiguration, environment: [String: String]) throws {
        let environment = RealmEnvironment(environment, realm: configuration.name)
        self.configuration = configuration
        self.environment = environment
        mails = try Self.mails(configuration)
        let readings = try configuration.dialects.map { spoken in
            let reading = try DialectReading(spoken.location, environment: environment)
            return Spoken(
                spoken: spoken, dialect: configuration.applied(to: reading.dialect), notes: reading.notes,
                files: reading.files)
        }
        let agreement = RealmAgreement(readings, configuration)
        let mistakes = agreement.mistakes(environment)
        guard mistakes.isEmpty else {
            throw StartFailure(
                .data, "the dialects of realm `\(configuration.name)` do not fit together", details: mistakes,
                mend: "they share accounts, sessions and keys: mend one of them, or give it a realm of its own")
        }
        dialects = agreement.sharing(environment)
        let pages = configuration.pages
        picture = try pages.logo.flatMap {
            pages.isEnabled ? try PagePicture(file: $0, realm: configuration.name) : nil
        }
        words = try Self.words(configuration, dialects)
        try checkForwardAuth()
        try checkPages()
    }

    /// The signing keys of all of them, each once.
    var keys: [KeySpecification] {
        var keys: [KeySpecification] = []
        for key in dialects.flatMap(\.dialect.keys) where !keys.contains(where: { $0.name == key.name }) {
            keys.append(key)
        }
        return keys
    }

    /// Every file that a reload reads anew, and takes up if it changed.
    var files: [String] {
        let pages = configuration.pages
        return dialects.flatMap(\.files) + (pages.isEnabled ? pages.words.map { [$0] } ?? [] : [])
    }

    /// What is legal in the dialects but risky, each behind the realm's name. What pages make good is none where there
    /// are pages.
    public var notes: [String] {
        dialects.flatMap { reading in
            reading.notes.filter { !configuration.pages.isEnabled || !$0.message.contains("only hosted pages") }.map {
                note in
                let subject =
                    dialects.count == 1 ? configuration.name : "\(configuration.name)/\(reading.spoken.name)"
                return "\(subject): \(note.message)"
            }
        }
    }

    /// Throws `StartFailure` if a variable holds a key that cannot be used.
    public func checkSecrets() throws {
        for reading in dialects {
            try DialectReading(dialect: reading.dialect, notes: []).checkSecrets(environment)
        }
    }

    private static func mails(_ configuration: RealmConfiguration) throws -> MailTemplates {
        do throws(MailTemplateMistakes) {
            guard let folder = configuration.mail.templates else { return try MailTemplates() }
            return try MailTemplates(folder: folder)
        } catch {
            throw StartFailure(
                .configuration, "the mail templates of realm `\(configuration.name)` cannot be used",
                details: error.mistakes.map(\.description),
                mend: "mend them, or leave realms.\(configuration.name).mail.templates out for the built-in ones")
        }
    }
}
