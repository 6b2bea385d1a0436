import WatchwordCore
import WatchwordDialect

/// What differs between two kinds of token.
enum TokenDifference {
    typealias Side = (format: TokenFormat, lifetime: Lifetime, keys: [KeySpecification])

    static func compare(_ place: String, _ old: Side, _ new: Side) -> [Difference] {
        var differences = lifetimes("\(place).ttl", old.lifetime, new.lifetime)
        switch (old.format, new.format) {
        case (.jwt(let before, let claims, _), .jwt(let after, let others, _)):
            let (first, second) = (algorithm(before, old.keys), algorithm(after, new.keys))
            if first != second {
                differences.append(
                    Difference(
                        .breaking, place, "is signed with \(second?.rawValue ?? ""), was with \(first?.rawValue ?? "")")
                )
            }
            differences += compare(claims, others, "\(place).claims")
        case (.opaque(let before), .opaque(let after)):
            if before != after { differences.append(Difference(.behaviour, place, "is written in another way")) }
        case (.jwt, .opaque): differences.append(Difference(.breaking, place, "is opaque, was a JWT"))
        case (.opaque, .jwt): differences.append(Difference(.behaviour, place, "is a JWT, was opaque"))
        }
        return differences
    }

    static func lifetimes(_ place: String, _ old: Lifetime, _ new: Lifetime) -> [Difference] {
        old == new ? [] : [Difference(.behaviour, place, "\(words(new)), was \(words(old))")]
    }

    static func words(_ lifetime: Lifetime) -> String {
        if lifetime == .never { return "no end" }
        for (unit, name) in [(86_400, "day"), (3_600, "hour"), (60, "minute")] as [(Int64, String)]
        where lifetime.seconds % unit == 0 && lifetime.seconds > 0 {
            let count = lifetime.seconds / unit
            return "\(count) \(name)\(count == 1 ? "" : "s")"
        }
        return "\(lifetime.seconds) seconds"
    }

    private static func algorithm(_ name: String, _ keys: [KeySpecification]) -> SigningAlgorithm? {
        keys.first { $0.name == name }?.algorithm
    }

    private static func compare(_ old: [ClaimMember], _ new: [ClaimMember], _ place: String) -> [Difference] {
        var differences: [Difference] = []
        for claim in old {
            guard let other = new.first(where: { $0.name == claim.name }) else {
                differences.append(Difference(.breaking, place, "`\(claim.name)` is gone"))
                continue
            }
            if other.template != claim.template {
                differences.append(Difference(.breaking, place, "`\(claim.name)` holds something else"))
            } else if other.optional, !claim.optional {
                differences.append(Difference(.breaking, place, "`\(claim.name)` can be left out"))
            }
        }
        for claim in new where !old.contains(where: { $0.name == claim.name }) {
            differences.append(Difference(.compatible, place, "`\(claim.name)` is new"))
        }
        return differences
    }
}
