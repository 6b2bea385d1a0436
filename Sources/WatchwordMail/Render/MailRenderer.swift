import Mustache
import WatchwordCore

/// Puts what a mail says into words.
public struct MailRenderer: Sendable {
    private let site: MailSite
    private let templates: MailTemplates

    public init(site: MailSite, templates: MailTemplates) {
        self.site = site
        self.templates = templates
    }

    /// What strangers chose (a name, a device) is on one line, not long, and no link.
    public func render(_ content: MailContent) -> RenderedMail {
        var values: [String: Any] = [:]
        if let link = content.link {
            values["link"] = Shown.text(link)
            values["code"] = !link.contains("://")
        }
        for (fact, text) in content.facts where fact != .name || Self.isCalledByName(content.kind) {
            values[fact.rawValue] = Shown.fact(fact, text)
        }
        values["term"] = content.lifetime.map { term($0, values) } ?? say("time.while", values)
        values["facts"] = facts(content, values)
        return render(content.kind.rawValue, values)
    }

    /// What `watchword mail test` sends: that mail arrives, and nothing else.
    public func renderTest() -> RenderedMail { render("test", [:]) }

    private func render(_ kind: String, _ values: [String: Any]) -> RenderedMail {
        var values = values
        values["kind"] = kind
        values["site"] = Shown.text(site.name)
        values["public_url"] = Shown.text(site.publicURL)
        values["pages_url"] = site.pagesURL.map(Shown.text)
        values["support"] = site.support.map(Shown.text)
        values.merge(MailColors(site.color).values) { $1 }
        let words = words(values)
        values["words"] = words
        values["say"] = words[kind]
        return RenderedMail(
            subject: Lines.one(templates.render(.subject, of: kind, values)),
            text: Lines.tidy(templates.render(.text, of: kind, values)),
            html: templates.render(.html, of: kind, values))
    }

    /// How a mail addresses its reader. Whoever signs up chooses the name and the address alike, so nobody
    /// is called by name before the address is known to be theirs.
    public func name(in content: MailContent) -> String? {
        guard Self.isCalledByName(content.kind) else { return nil }
        return content.facts[.name].map { Shown.fact(.name, $0) }.flatMap { $0.isEmpty ? nil : $0 }
    }

    private static func isCalledByName(_ kind: Mail.Kind) -> Bool { kind != .verify && kind != .signUpAttempt }

    private static let listed: [MailContent.Fact] = [
        .account, .email, .key, .keyHint, .agent, .at, .address, .device,
    ]

    private func facts(_ content: MailContent, _ values: [String: Any]) -> [[String: Any]] {
        let told = Self.listed.filter { fact in
            // Who signs in with the address is not told it twice.
            content.facts[fact]?.isEmpty == false
                && (fact != .email || content.facts[.email] != content.facts[.account])
        }
        return told.map { fact in
            [
                "label": say("fact.\(fact.rawValue)", values), "value": values[fact.rawValue] ?? "",
                "last": fact == told.last,
            ]
        }
    }

    /// Every text, by the steps of its key: `words["verify"]["subject"]`.
    private func words(_ values: [String: Any]) -> [String: Any] {
        var words: [String: Any] = [:]
        for key in templates.words.keys {
            let steps = key.split(separator: ".", maxSplits: 1).map(String.init)
            guard steps.count == 2 else {
                words[key] = say(key, values)
                continue
            }
            var inner = words[steps[0]] as? [String: Any] ?? [:]
            inner[steps[1]] = say(key, values)
            words[steps[0]] = inner
        }
        return words
    }

    private func say(_ key: String, _ values: [String: Any]) -> String {
        Shown.text(templates.words[key]?.render(values) ?? "")
    }

    /// A span in the largest unit that measures it.
    private func term(_ span: Lifetime, _ values: [String: Any]) -> String {
        let units: [(seconds: Int64, name: String)] = [(86_400, "day"), (3_600, "hour"), (60, "minute"), (1, "second")]
        guard let unit = units.first(where: { span.seconds >= $0.seconds && span.seconds % $0.seconds == 0 })
        else { return say("time.while", values) }
        let count = span.seconds / unit.seconds
        return "\(count) \(say("time.\(unit.name)\(count == 1 ? "" : "s")", values))"
    }
}
