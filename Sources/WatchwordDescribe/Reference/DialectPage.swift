import WatchwordCore
import WatchwordDialect

/// One dialect as a page of Markdown, made from its file: routes, tokens, refusals, and what loading notes.
public struct DialectPage: Sendable {
    private let dialect: Dialect
    private let notes: [String]

    /// - Parameter notes: what loading said of it.
    public init(_ dialect: Dialect, notes: [String]) {
        self.dialect = dialect
        self.notes = notes
    }

    public var markdown: String {
        var lines = [
            "# \(dialect.name)", "", "Printed by `watchword dialect reference \(dialect.name)`; do not edit.", "",
        ]
        if !dialect.summary.isEmpty { lines += [dialect.summary + ".", ""] }
        lines += [
            "The file is `Dialects/\(dialect.name)/dialect.yaml`; how its document was read, and why, is in",
            "[NOTES](../../../Dialects/\(dialect.name)/NOTES.md).", "", "## Routes", "",
        ]
        lines += Markdown.table(
            ["Route", "Operation", "Reads", "Who may call", "Answers"], dialect.routes.map(row))
        lines += accounts + tokens + refusals
        lines += SocketSection(rehearsals: Rehearsal(dialect, baseURL: "http://localhost").sockets).lines
        if !notes.isEmpty {
            lines += ["", "## What checking notes", "", "Legal, and worth knowing:", ""]
            lines += notes.reduce(into: [String]()) { if !$0.contains("- \($1)") { $0.append("- \($1)") } }
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func row(_ route: Route) -> [String] {
        var title = "`\(route.method) \(route.pathText)`"
        if !route.conditions.isEmpty {
            title += " when \(route.conditions.map(Explanation.words).joined(separator: " and "))"
        }
        let needed = RouteInputs(route, of: dialect)
        let inputs = route.bindings.map { binding in
            "`\(binding.input.text)`" + (needed.isNeeded(binding.input) ? "*" : "")
        }
        let media = route.media.isEmpty ? "" : " (" + route.media.map(\.rawValue).joined(separator: ", ") + ")"
        let callers = route.carriers?.map(\.words).joined(separator: "; ") ?? "anybody"
        let statuses = (route.otherReplies + [route.reply]).map { String($0.status) }
        return [
            title, "`\(route.operation.rawValue)`", inputs.joined(separator: " ") + media, callers,
            statuses.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }.joined(separator: ", "),
        ]
    }

    private var accounts: [String] {
        let terms = dialect.terms
        var rows = [
            ["Signs in by", terms.accounts.login.map(\.rawValue).joined(separator: ", ")],
            ["Password", "\(terms.password.minimum) to \(terms.password.maximum) characters"],
            ["Session", "ends after \(TokenDifference.words(terms.session.maximum)) at the latest"],
        ]
        if !terms.accounts.roles.isEmpty { rows.append(["Roles", terms.accounts.roles.joined(separator: ", ")]) }
        if !terms.accounts.fields.isEmpty {
            rows.append([
                "Fields", terms.accounts.fields.map { "`\($0.name)` (\($0.type.rawValue))" }.joined(separator: ", "),
            ])
        }
        if let keys = terms.apiKeys {
            rows.append([
                "API keys",
                (keys.prefix.isEmpty ? "" : "`\(keys.prefix)...`, ") + "shown \(keys.shown.rawValue)"
                    + (keys.issueOnSignUp ? ", one made at sign-up" : "") + (keys.boundToAgent ? ", of an agent" : ""),
            ])
        }
        if let pages = dialect.pages { rows.append(["Hosted pages", pages.words]) }
        return ["", "## Accounts", ""] + Markdown.table(["", ""], rows)
    }

    private var tokens: [String] {
        let terms = dialect.terms
        var rows = [["access", form(terms.access.format), TokenDifference.words(terms.access.lifetime)]]
        if let refresh = terms.refresh {
            let use = refresh.use == .rotate ? "exchanged once" : "used until its end"
            rows.append(["refresh", "\(form(refresh.format)), \(use)", TokenDifference.words(refresh.lifetime)])
        }
        for (name, token) in [("verify", terms.verify), ("reset", terms.reset)] {
            guard let token else { continue }
            let page = token.linkPath.map { ", link to `\($0)`" } ?? ""
            rows.append([name, "used once\(page)", TokenDifference.words(token.lifetime)])
        }
        var lines = ["", "## Tokens", ""] + Markdown.table(["Token", "Form", "Lasts"], rows)
        if !dialect.environmentNames.isEmpty {
            let names = dialect.environmentNames.map { "`\($0)`" }.joined(separator: ", ")
            lines += ["", "Read from the environment: \(names)."]
        }
        return lines
    }

    private func form(_ format: TokenFormat) -> String {
        switch format {
        case .jwt(let name, let claims, let closed):
            let key = dialect.keys.first { $0.name == name }
            return "JWT, \(key?.algorithm.rawValue ?? ""), claims "
                + claims.map { "`\($0.name)`" }.joined(separator: " ") + (closed ? " and no others" : "")
        case .opaque(let format): return "opaque" + (format.prefix.isEmpty ? "" : ", `\(format.prefix)...`")
        }
    }

    private var refusals: [String] {
        let rows = RefusalCode.allCases.compactMap { code -> [String]? in
            guard dialect.errors[code] != nil,
                let answer = RefusalAnswer(code, on: nil, of: dialect, baseURL: "http://localhost")
            else { return nil }
            let hidden = RefusalCode.allCases.filter { other in
                dialect.errors[other] == nil && other != code
                    && sequence(first: other, next: \.parent).first { dialect.errors[$0] != nil } == code
            }
            return [
                "`\(code.rawValue)`", String(answer.response.status),
                "`\(HTTPText.body(answer.response, width: .max))`",
                hidden.map { "`\($0.rawValue)`" }.joined(separator: " "),
            ]
        }
        return ["", "## Refusals", "", "Routes may have words of their own before these.", ""]
            + Markdown.table(["Refusal", "Status", "Body", "Told like it"], rows)
    }
}
