import WatchwordCore
import WatchwordDialect

/// Every reply of a dialect rendered with sample data, as HTTP text: what is granted, and each distinct refusal.
public struct Trial: Sendable {
    let rehearsal: Rehearsal

    public init(_ dialect: Dialect, baseURL: String) { rehearsal = Rehearsal(dialect, baseURL: baseURL) }

    public var text: String {
        var parts: [String] = []
        for route in rehearsal.routes {
            let name = "\(route.route.method) \(route.route.pathText)"
            for answer in route.granted {
                let cases = (route.route.conditions + answer.reply.conditions).map(Explanation.words)
                let when = cases.isEmpty ? "" : ", when \(cases.joined(separator: " and "))"
                parts.append(part("\(name): \(route.route.operation.rawValue) granted\(when)", answer.response))
            }
            // What every route words alike is shown once, below.
            parts += refusals(name, route.refused.filter { answer in answer.isOwn || !isCommon(answer) })
        }
        for socket in rehearsal.sockets {
            parts.append("### " + SocketText(rehearsal: socket, baseURL: rehearsal.baseURL, width: 80).text)
        }
        parts += refusals("any request", common)
        return parts.joined(separator: "\n")
    }

    /// The refusals that some request meets and that no route words for itself, once each.
    private var common: [RefusalAnswer] {
        let known = rehearsal.everywhere + rehearsal.routes.flatMap(\.refused).filter { !$0.isOwn }
        return known.reduce(into: []) { answers, answer in
            if !answers.contains(where: { $0.response == answer.response && $0.told == answer.told }) {
                answers.append(answer)
            }
        }
    }

    private func isCommon(_ answer: RefusalAnswer) -> Bool {
        common.contains { $0.response == answer.response && $0.told == answer.told }
    }

    private func refusals(_ name: String, _ answers: [RefusalAnswer]) -> [String] {
        var groups: [(response: WireResponse, codes: [String])] = []
        for answer in answers {
            if let index = groups.firstIndex(where: { $0.response == answer.response }) {
                groups[index].codes.append(answer.code.rawValue)
            } else {
                groups.append((answer.response, [answer.code.rawValue]))
            }
        }
        return groups.map { part("\(name): \($0.codes.joined(separator: ", "))", $0.response) }
    }

    private func part(_ title: String, _ response: WireResponse) -> String {
        "### \(title)\n\n\(HTTPText.text(response))\n"
    }
}
