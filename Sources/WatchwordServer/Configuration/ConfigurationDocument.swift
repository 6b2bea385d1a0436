/// The keys that a `watchword.yaml` gives, found in the table, with their places.
struct ConfigurationDocument: Sendable {
    /// As the operator named it, for messages.
    var file: String
    var entries: [[String]: Entry] = [:]
    /// In the order written.
    var realms: [String] = []
    /// Of each realm whose `dialects` is a mapping: their names, in the order written.
    var dialects: [String: [String]] = [:]
    /// Where each realm and each of its dialects is.
    var places: [ConfigurationScope: ConfigurationMistake.Place] = [:]
    var mistakes: [ConfigurationMistake] = []

    /// A value not yet understood.
    struct Entry: Sendable {
        var content: Content
        var place: ConfigurationMistake.Place
    }

    enum Content: Sendable {
        case text(String)
        case list([String])
    }

    /// The folder that paths of the file are relative to: empty for the working directory.
    var folder: String {
        guard let slash = file.lastIndex(of: "/") else { return "" }
        return String(file[...slash])
    }
}
