import WatchwordCore

/// A key in a list of keys, as the account's page and an agent's show it.
enum KeyRow {
    /// `action`: where the row's forms go.
    static func context(_ key: APIKey, action: String) -> [String: Any] {
        var context: [String: Any] = [
            "id": key.id.text, "label": key.hint + "…", "created": shown(key.createdAt),
            "rotates": key.rotatedAt == nil,
        ]
        if let name = key.name, !name.isEmpty { (context["label"], context["hint"]) = (name, key.hint) }
        if let used = key.lastUsedAt { context["used"] = shown(used) }
        if let end = key.expiresAt { context["expires"] = shown(end) }
        context["revoke"] = [
            "action": action, "summary": "words.keys.revoke", "question": "words.keys.revoke_question",
            "button": "words.keys.revoke_button", "danger": true,
            "hidden": [["name": "do", "value": "revoke"], ["name": "id", "value": key.id.text]],
        ]
        return context
    }
}
