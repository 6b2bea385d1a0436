import WatchwordCore
import WatchwordDialect

/// What the dialects of one realm must have in common, since they share its accounts, sessions and keys.
struct RealmAgreement: Sendable {
    private let dialects: [RealmReading.Spoken]
    private let configuration: RealmConfiguration

    init(_ dialects: [RealmReading.Spoken], _ configuration: RealmConfiguration) {
        self.dialects = dialects
        self.configuration = configuration
    }

    /// Every way in which two of them disagree, one line each.
    func mistakes(_ environment: RealmEnvironment) -> [String] {
        var mistakes: [String] = []
        for (place, second) in dialects.enumerated() {
            for first in dialects[..<place] { mistakes += Self.differences(first, second) }
            for first in dialects[..<place] where shareListener(first.spoken, second.spoken) {
                mistakes += RouteClash.all(first.dialect, second.dialect).map { clash in
                    "\(first.spoken.name) and \(second.spoken.name) both answer \(clash)"
                }
            }
        }
        return mistakes + keyMistakes(environment)
    }

    /// The dialects with one description of each key that they share: what one leaves out another may say.
    func sharing(_ environment: RealmEnvironment) -> [RealmReading.Spoken] {
        dialects.map { reading in
            var reading = reading
            reading.dialect.keys = reading.dialect.keys.map { key in
                var key = key
                let same = keys(named: key.name)
                key.minimumBytes = same.map(\.minimumBytes).max() ?? key.minimumBytes
                key.rotation = same.lazy.compactMap(\.rotation).first
                key.algorithmEnvironment = same.lazy.compactMap(\.algorithmEnvironment).first
                let variables = same.compactMap(\.environment)
                key.environment = variables.first { environment[$0] != nil } ?? variables.first
                return key
            }
            return reading
        }
    }

    // MARK: Pieces

    private static func differences(_ first: RealmReading.Spoken, _ second: RealmReading.Spoken) -> [String] {
        let pair = "\(first.spoken.name) and \(second.spoken.name)"
        let (one, other) = (first.dialect.terms.accounts, second.dialect.terms.accounts)
        var found: [String] = []
        if one.idFormat != other.idFormat {
            found.append("\(pair) write ids differently: \(one.idFormat.words), \(other.idFormat.words)")
        }
        if Set(one.login) != Set(other.login) {
            let words = { (kinds: [Identifier.Kind]) in kinds.map(\.rawValue).joined(separator: ", ") }
            found.append("\(pair) sign in by different handles: \(words(one.login)); \(words(other.login))")
        }
        for field in one.fields {
            guard let same = other.fields.first(where: { $0.name == field.name }), same.type != field.type else {
                continue
            }
            found.append(
                "\(pair) give the field `\(field.name)` different types: \(field.type.rawValue), \(same.type.rawValue)")
        }
        return found
    }

    private func keys(named name: String) -> [KeySpecification] {
        dialects.flatMap(\.dialect.keys).filter { $0.name == name }
    }

    /// A key belongs to the realm, whichever dialect names it.
    private func keyMistakes(_ environment: RealmEnvironment) -> [String] {
        var found: [String] = []
        for name in Set(dialects.flatMap(\.dialect.keys).map(\.name)).sorted() {
            let same = keys(named: name)
            let kinds = Set(same.map { "\($0.algorithm.rawValue)\($0.verifiesOnly ? ", verifies only" : "")" })
            if kinds.count > 1 {
                found.append("the key `\(name)` is \(kinds.sorted().joined(separator: " and ")): one key has one use")
            }
            let values = Set(same.compactMap(\.environment).compactMap { environment[$0] })
            if values.count > 1 {
                let variables = Set(same.compactMap(\.environment)).sorted().joined(separator: " and ")
                found.append("the key `\(name)` is set by \(variables), which differ: it is one key of the realm")
            }
        }
        return found
    }

    private func shareListener(_ first: SpokenDialect, _ second: SpokenDialect) -> Bool {
        let address = { (spoken: SpokenDialect) in spoken.address ?? configuration.address }
        guard address(first) == address(second) else { return false }
        // Port 0 is another one for each listener of its own.
        if first.address?.port == 0 || second.address?.port == 0 { return false }
        return first.hosts.isEmpty && second.hosts.isEmpty || !Set(first.hosts).isDisjoint(with: second.hosts)
    }
}

/// Routes and sockets of two dialects that fit the same request.
enum RouteClash {
    /// Each method and path that both answer, as the first writes it.
    static func all(_ first: Dialect, _ second: Dialect) -> [String] {
        var found: [String] = []
        for one in first.routes {
            guard second.routes.contains(where: { $0.method == one.method && meet($0.path, one.path) }) else {
                continue
            }
            let text = "\(one.method) \(one.pathText)"
            if !found.contains(text) { found.append(text) }
        }
        for (one, other) in [(first, second), (second, first)] {
            let paths = other.sockets.map(\.path) + other.routes.filter { $0.method == "GET" }.map(\.path)
            for socket in one.sockets where paths.contains(where: { meet($0, socket.path) }) {
                let text = "socket \(socket.pathText)"
                if !found.contains(text) { found.append(text) }
            }
        }
        return found
    }

    /// Whether some path fits both.
    static func meet(_ one: [PathPiece], _ other: [PathPiece]) -> Bool {
        one.count == other.count
            && zip(one, other).allSatisfy { one, other in
                if case (.literal(let one), .literal(let other)) = (one, other) { one == other } else { true }
            }
    }
}

extension IDFormat {
    fileprivate var words: String {
        switch self {
        case .integer: "int"
        case .uuid: "uuid"
        case .cuid: "cuid"
        case .objectID: "objectid"
        case .hex32: "hex32"
        case .custom(let alphabet, let length, let prefix): "\(prefix)\(length) of `\(alphabet)`"
        }
    }
}
