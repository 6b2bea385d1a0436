import WatchwordCore
import WatchwordDialect

/// What differs between two replies to one situation.
struct ReplyDifference {
    typealias Side = (reply: Reply, response: WireResponse, shapes: ReplyShape)

    private let place: String
    private(set) var differences: [Difference] = []

    init(_ place: String, _ old: Side, _ new: Side) {
        self.place = place
        if old.response.status != new.response.status {
            add(.breaking, "status \(new.response.status), was \(old.response.status)")
        }
        switch (old.reply.body, new.reply.body) {
        case (nil, nil): break
        case (nil, _?): add(.compatible, "has a body")
        case (_?, nil): add(.breaking, "has no body")
        case (let before?, let after?):
            let (first, second) = (
                old.response.header("content-type") ?? "", new.response.header("content-type") ?? ""
            )
            if first != second { add(.breaking, "Content-Type `\(second)`, was `\(first)`") }
            if before != after {
                let (first, second) = (old.shapes.shape(before), new.shapes.shape(after))
                differences += ShapeDifference(place, first, second).differences
                if first == second { add(.behaviour, "other values stand in the body") }
            }
        }
        compareHeaders(old.reply, new.reply)
        compareCookies(old.reply, new.reply)
    }

    private mutating func add(_ weight: Difference.Weight, _ text: String) {
        differences.append(Difference(weight, place, text))
    }

    private mutating func compareHeaders(_ old: Reply, _ new: Reply) {
        for header in old.headers {
            guard let other = new.headers.first(where: { $0.name.lowercased() == header.name.lowercased() }) else {
                add(.breaking, "the field `\(header.name)` is gone")
                continue
            }
            if other.value != header.value { add(.behaviour, "the field `\(header.name)` says something else") }
        }
        for header in new.headers
        where !old.headers.contains(where: { $0.name.lowercased() == header.name.lowercased() }) {
            add(.compatible, "the field `\(header.name)` is new")
        }
    }

    private mutating func compareCookies(_ old: Reply, _ new: Reply) {
        for cookie in old.cookies {
            guard let other = new.cookies.first(where: { $0.name == cookie.name }) else {
                add(.breaking, "the cookie `\(cookie.name)` is not set")
                continue
            }
            if other != cookie { add(.behaviour, "the cookie `\(cookie.name)` is set in another way") }
        }
        for cookie in new.cookies where !old.cookies.contains(where: { $0.name == cookie.name }) {
            add(.compatible, "the cookie `\(cookie.name)` is set")
        }
    }
}
