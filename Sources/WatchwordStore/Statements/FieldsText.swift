import WatchwordCore

/// The typed extras of an account as the text of one column: a JSON object, its names sorted.
enum FieldsText {
    static func text(_ fields: [String: Value]) -> String {
        JSON.text(.object(fields.sorted { $0.key < $1.key }.map { Value.Member($0.key, $0.value) }))
    }

    static func fields(_ text: String) throws -> [String: Value] {
        guard case .success(.object(let members)) = JSON.parse(Array(text.utf8)) else {
            throw Fault(.storeCorrupt, "an account's fields are not a JSON object; restore a backup")
        }
        return Dictionary(members.map { ($0.name, $0.value) }) { first, _ in first }
    }
}
