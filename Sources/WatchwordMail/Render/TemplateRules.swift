import WatchwordCore

/// What a template of mails may name. Mustache itself passes over what it does not know, and a mail without its link
/// would be found out by those who wait for it.
struct TemplateRules {
    var words: MailWords
    /// All templates that there are.
    var names: Set<TemplateName>
    /// Whose text must have `{{link}}`: those of kinds that bring one.
    static let bringLinks: [Mail.Kind] = [.verify, .reset]

    static let values =
        [
            "kind", "site", "public_url", "pages_url", "support", "link", "code", "term", "facts", "label", "value",
            "last",
            "words", "say", ".", "color", "on_color", "link_color", "link_color_dark",
        ] + MailContent.Fact.allCases.map(\.rawValue)

    /// `name` is that of the file without its ending: `verify.text`; nothing for a text of the words.
    func mistakes(in text: String, file: String, name: TemplateName?, line: Int? = nil) -> [MailTemplateMistake] {
        var mistakes: [MailTemplateMistake] = []
        let tags = TemplateTag.all(in: text)
        for tag in tags {
            guard let problem = problem(tag, name) else { continue }
            mistakes.append(MailTemplateMistake(file, line ?? tag.line, tag.column, problem))
        }
        if let name, mustLink(name), !tags.contains(where: { $0.name == "link" && $0.sigil == nil }) {
            mistakes.append(
                MailTemplateMistake(file, 0, 0, "it has no `{{link}}`: its readers could do nothing with it"))
        }
        if name?.subject == .layout, !tags.contains(where: { $0.name == "content" && $0.sigil == "$" }) {
            mistakes.append(
                MailTemplateMistake(file, 0, 0, "it has no `{{$content}}{{/content}}`: messages would say nothing"))
        }
        return mistakes
    }

    /// Whether mails that bring a link are written by this template.
    private func mustLink(_ name: TemplateName) -> Bool {
        guard name.part != .subject else { return false }
        return switch name.subject {
        case .layout: false
        case .kind(let kind): Self.bringLinks.contains(kind)
        case .message:
            Self.bringLinks.contains { !names.contains(TemplateName(subject: .kind($0), part: name.part)) }
        }
    }

    private func problem(_ tag: TemplateTag, _ name: TemplateName?) -> String? {
        switch tag.sigil {
        case "!", "/": return nil
        case "{", "&":
            return
                "`{{\(tag.sigil == "{" ? "{" : "&")\(tag.name)` would not be escaped, and strangers choose some of the values: "
                + "write `{{\(tag.name)}}`"
        case "=", "%": return "delimiters and content types are not changed here"
        case ">", "<":
            guard let name, name.subject != .layout, name.part != .subject else {
                return "no other template can be used here"
            }
            return tag.name == "layout" ? nil : "no template `\(tag.name)`: the only one to use is `layout`"
        case "$":
            guard let name, name.part != .subject else { return "there are no blocks here" }
            guard name.subject != .layout, tag.name != "content" else { return nil }
            return "no block `\(tag.name)`: the one of the layout is `content`"
        default: return unknown(tag.name)
        }
    }

    private func unknown(_ name: String) -> String? {
        let steps = name.split(separator: ".", maxSplits: 1).map(String.init)
        let known: [String]
        switch steps.first {
        case "words" where steps.count == 2:
            known = words.entries.map { "words." + $0.key }
        case "say" where steps.count == 2:
            known = Set(
                words.entries.filter { entry in Mail.Kind.allCases.contains { entry.key.hasPrefix($0.rawValue + ".") } }
                    .compactMap { entry in entry.key.split(separator: ".").last.map { "say." + $0 } }
            ).sorted()
        default: known = Self.values
        }
        guard !known.contains(name) else { return nil }
        let hint = suggestion(for: name, among: known).map { " (did you mean `\($0)`?)" } ?? ""
        return "no value `\(name)`\(hint)"
    }
}
