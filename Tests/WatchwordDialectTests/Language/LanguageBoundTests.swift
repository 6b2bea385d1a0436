import Testing
import WatchwordCore
import WatchwordDialect

/// Bounds and choices as the tables give them, tried at their edges.
@Suite("Bounds and choices of the language")
struct LanguageBoundTests {
    private static func bounds(_ form: LanguageForm) -> ClosedRange<Int64>? {
        switch form {
        case .integer(let bounds): bounds
        // Where a text is taken as well, any number is one.
        case .either(let forms):
            forms.contains { if case .text = $0 { true } else { false } } ? nil : forms.lazy.compactMap(bounds).first
        default: nil
        }
    }

    private static func choices(_ form: LanguageForm) -> [String]? {
        switch form {
        case .choice(let choices): choices
        case .oneOrMore(let form): choices(form)
        case .either(let forms): forms.lazy.compactMap(choices).first
        default: nil
        }
    }

    /// Of alphabets and lengths what is told depends on both, and is tried below.
    private static let together = ["length"]

    @Test(
        "A whole number is taken at both its bounds, and refused beyond them with the bounds",
        arguments: LanguagePlace.all)
    func integers(place: LanguagePlace) {
        for key in place.table.keys where !Self.together.contains(key.name) {
            guard let bounds = Self.bounds(key.form), !place.members.contains(where: { $0.text == "jwt" }) else {
                continue
            }
            let words = "`\(key.name)` must be \(bounds.lowerBound) to \(bounds.upperBound), not "
            for number in [bounds.lowerBound, bounds.upperBound] {
                let messages = place.messages([(key.name, "\(number)")])
                #expect(!messages.contains { $0.hasPrefix(words) }, "\(key.name) \(number): \(messages)")
            }
            for number in [bounds.lowerBound - 1, bounds.upperBound + 1] {
                let messages = place.messages([(key.name, "\(number)")])
                #expect(
                    messages.contains("\(words)\(number)"), "\(place.table.place) \(key.name) \(number): \(messages)")
            }
        }
    }

    @Test("A choice is one of those listed, and every one of them is known", arguments: LanguagePlace.all)
    func choices(place: LanguagePlace) {
        for key in place.table.keys {
            guard let choices = Self.choices(key.form), key.name != "type" || place.table.place != "settings.*" else {
                continue
            }
            let unlisted = place.messages([(key.name, "nonesuch")])
            #expect(
                !unlisted.isEmpty,
                "\(key.name): \(unlisted)")
            for choice in choices {
                let messages = place.messages([(key.name, choice)])
                #expect(
                    !messages.contains { $0.contains("`\(key.name)` is none of") || $0.hasPrefix("unknown") },
                    "\(key.name) \(choice): \(messages)")
            }
        }
    }

    @Test("A flag is true or false, and no text of it", arguments: LanguagePlace.all)
    func flags(place: LanguagePlace) {
        for key in place.table.keys {
            // A condition has one of its tests, and only a JWT is closed.
            guard case .flag = key.form, key.name != "absent",
                key.name != "closed" || place.members.contains(where: { $0.text == "jwt" })
            else { continue }
            for other in ["7", "[true]", "nonesuch"] {
                let messages = place.messages([(key.name, other)])
                #expect(
                    messages.contains { $0.hasPrefix("`\(key.name)` must be true or false") },
                    "\(key.name) \(other): \(messages)")
            }
            for flag in ["true", "false"] {
                let messages = place.messages([(key.name, flag)])
                #expect(!messages.contains { $0.contains("must be true or false") }, "\(key.name) \(flag)")
            }
        }
    }

    @Test(
        "A lifetime has a unit, is more than nothing, and is `never` only where that means something",
        arguments: LanguagePlace.all)
    func lifetimes(place: LanguagePlace) {
        for key in place.table.keys {
            guard case .lifetime(let orNever) = key.form else { continue }
            func messages(_ written: String) -> [String] { place.messages([(key.name, written)]) }
            #expect(messages("30").contains { $0.contains("`\(key.name)` needs a unit") }, "\(key.name)")
            for text in ["30x", "-5m", "m", "1.5h", "5 m", "0x5m"] {
                #expect(messages(text).contains { $0.contains("is no lifetime") }, "\(key.name) \(text)")
            }
            #expect(messages("36501d").contains { $0.contains("at most 36500 days") }, "\(key.name)")
            #expect(messages("never").contains { $0.contains("cannot be `never`") } == !orNever, "\(key.name)")
        }
    }

    @Test("A text is a text: no number, list or mapping stands for one", arguments: LanguagePlace.all)
    func texts(place: LanguagePlace) {
        for key in place.table.keys {
            guard case .text = key.form, key.name != "note" else { continue }
            for other in ["[a, b]", "{a: b}"] {
                let messages = place.messages([(key.name, other)])
                #expect(!messages.isEmpty, "\(place.table.place) \(key.name) \(other)")
            }
        }
    }

    @Test("A mapping is no scalar and no list", arguments: LanguagePlace.all)
    func mappings(place: LanguagePlace) {
        for key in place.table.keys {
            guard case .table = key.form else { continue }
            for other in ["7", "nonesuch", "[1]"] {
                let messages = place.messages([(key.name, other)])
                #expect(
                    messages.contains { $0.contains("must be a mapping, not ") }, "\(key.name) \(other): \(messages)")
            }
        }
    }

    @Test(
        "The length of a random text is bounded, and is of an alphabet",
        arguments: [("0", false), ("1", false), ("40", true), ("512", true), ("513", false)])
    func lengths(length: String, isTaken: Bool) throws {
        let letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ012345"
        for place in LanguagePlace.of("api_keys") + LanguagePlace.of("tokens.access").prefix(1) {
            let messages = place.messages([("alphabet", letters), ("length", length)])
            #expect(messages.isEmpty == isTaken, "\(place.table.place) \(length): \(messages)")
        }
    }
}
