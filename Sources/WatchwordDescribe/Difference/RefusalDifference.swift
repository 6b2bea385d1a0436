import WatchwordCore
import WatchwordDialect

/// What differs in the answers to refusals.
enum RefusalDifference {
    /// Those worded for every route alike.
    static func common(_ old: Dialect, _ new: Dialect) -> [Difference] {
        let met = Set((old.routes.flatMap { Refusals.reachable($0, of: old) }) + Refusals.everywhere)
        return RefusalCode.allCases.filter(met.contains).flatMap { code in
            compare("errors", code, (old, nil), (new, nil))
        }
    }

    /// Those that a route words for itself, before or after.
    static func own(_ place: String, _ before: Route, _ after: Route, _ old: Dialect, _ new: Dialect) -> [Difference] {
        var differences: [Difference] = []
        let reach = Refusals.reachable(after, of: new)
        for code in Refusals.reachable(before, of: old) where reach.contains(code) {
            let words = [
                RefusalAnswer(code, on: before, of: old, baseURL: ""),
                RefusalAnswer(code, on: after, of: new, baseURL: ""),
            ]
            guard words.contains(where: { $0?.isOwn == true }) else { continue }
            differences += compare(place, code, (old, before), (new, after))
        }
        for code in reach where !Refusals.reachable(before, of: old).contains(code) {
            differences.append(Difference(.behaviour, place, "can end in `\(code.rawValue)`"))
        }
        return differences
    }

    private static func compare(
        _ place: String, _ code: RefusalCode, _ old: (Dialect, Route?), _ new: (Dialect, Route?)
    ) -> [Difference] {
        guard let before = RefusalAnswer(code, on: old.1, of: old.0, baseURL: ""),
            let after = RefusalAnswer(code, on: new.1, of: new.0, baseURL: "")
        else { return [] }
        let place = "\(place), `\(code.rawValue)`"
        var differences: [Difference] = []
        if before.told != after.told {
            let text =
                after.isMasked
                ? "is told as `\(after.told.rawValue)`" + (before.isMasked ? ", was as `\(before.told.rawValue)`" : "")
                : "is told, was hidden behind `\(before.told.rawValue)`"
            differences.append(Difference(.behaviour, place, text))
        }
        // What is inherited is compared where it is written.
        if before.isMasked, after.isMasked, before.told == after.told, before.isOwn == after.isOwn,
            before.response.status == after.response.status
        {
            return differences
        }
        return differences
            + ReplyDifference(
                place, (before.reply, before.response, ReplyShape(dialect: old.0, operation: nil)),
                (after.reply, after.response, ReplyShape(dialect: new.0, operation: nil))
            ).differences
    }
}
