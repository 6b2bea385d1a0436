import WatchwordCore

/// How long a new key is to last, of the choices that a page offers.
struct KeyLife {
    /// Nothing for as long as the contract says.
    let seconds: Int64?
    let isOffered: Bool

    private static let days: [Int64] = [7, 30, 90, 365]

    /// A number of days, or an empty text for what the contract says.
    init(_ text: String?) {
        guard let text, !text.isEmpty else {
            (seconds, isOffered) = (nil, true)
            return
        }
        let days = Int64(text)
        seconds = days.map { $0 * 86_400 }
        isOffered = days.map(Self.days.contains) ?? false
    }

    /// The contract's own life first, which may be for ever.
    static func choices(_ visit: Visit) -> [[String: Any]] {
        let usual = visit.terms.apiKeys?.lifetime == nil ? "for_ever" : "usual"
        return [["value": "", "label": "words.keys.life_\(usual)"]]
            + days.map { ["value": String($0), "label": "words.keys.life_\($0)"] }
    }
}

/// How long a key stays good beside its successor, of the choices that a page offers.
struct KeyOverlap {
    let seconds: Int64

    private static let hours: [Int64] = [0, 1, 24, 168]

    init?(_ text: String?) {
        guard let hours = text.flatMap(Int64.init), Self.hours.contains(hours) else { return nil }
        seconds = hours * 3_600
    }

    static var choices: [[String: Any]] {
        hours.map { ["value": String($0), "label": "words.keys.overlap_\($0)", "selected": $0 == 24] }
    }
}
