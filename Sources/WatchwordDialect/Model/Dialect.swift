import WatchwordCore

/// One wire contract as data: read from a file, checked whole, and ready to be compiled into a codec.
///
/// A value of this type exists only if the file passed every check, so nothing that uses it can fail on it.
public struct Dialect: Sendable, Equatable {
    public var name: String
    /// The API's own version, not the language's.
    public var version: String
    public var summary: String
    public var settings: [Setting] = []
    public var keys: [KeySpecification] = []
    /// What the contract asks of the engine, lifetimes already read from the environment.
    public var terms = Terms()
    /// Every mapped refusal; `RefusalCode.error` is always among them.
    public var errors: [RefusalCode: Reply] = [:]
    public var messages: [InputRule: Message] = [:]
    /// The lists of carriers, by the names that `auth:` of a route gives; routes hold their own copy.
    public var credentials: [CarrierList] = []
    public var routes: [Route] = []
    public var sockets: [Socket] = []
    public var slash = Slash.exact
    /// The Content-Type of JSON answers, exactly.
    public var contentType = "application/json"
    /// Origins allowed to read answers (the Fetch standard's CORS protocol); empty for none.
    public var origins: [String] = []
    /// Whether pages of those origins may call with the browser's cookies (the Fetch standard's credentials mode).
    public var originsMayUseCookies = false
    /// The words of hosted pages; nothing where the file says nothing of them.
    public var pages: PagesTerms?

    public init(name: String, version: String, summary: String) {
        self.name = name
        self.version = version
        self.summary = summary
    }

    public enum Slash: String, Sendable, CaseIterable { case exact, optional }

    /// Every environment variable the dialect reads: lifetimes, algorithms and secrets, in that order.
    public var environmentNames: [String] {
        settings.map(\.environment) + keys.compactMap(\.algorithmEnvironment) + keys.compactMap(\.environment)
    }

    /// The words for a refusal on a route, or on none: those of the code itself or of its nearest ancestor that
    /// has some, the route's before the dialect's. The status is the mapping's, or HTTP's own for the situation
    /// where the words are an ancestor's (`RefusalCode.ownStatus`).
    ///
    /// - Returns: never nothing for a dialect that loaded.
    public func mapping(of code: RefusalCode, on route: Route?) -> (reply: Reply, status: Int)? {
        code.nearest({ route?.errors[$0] ?? errors[$0] }, status: \.status)
    }
}

extension RefusalCode {
    /// What `find` has for this code or its nearest ancestor, and the status to answer with: that of what was found
    /// for the code itself; for an ancestor's, the nearest code's own (`ownStatus`) before it.
    func nearest<Words>(_ find: (RefusalCode) -> Words?, status: (Words) -> Int) -> (reply: Words, status: Int)? {
        var ancestor: RefusalCode? = self
        var own: Int?
        while let current = ancestor {
            if let words = find(current) { return (words, current == self ? status(words) : own ?? status(words)) }
            own = own ?? current.ownStatus
            ancestor = current.parent
        }
        return nil
    }
}

/// A named list of carriers, in the order they are looked at.
public struct CarrierList: Sendable, Equatable {
    public var name: String
    public var carriers: [Carrier]

    public init(name: String, carriers: [Carrier]) {
        self.name = name
        self.carriers = carriers
    }
}

/// A tunable with the environment variable that sets it.
public struct Setting: Sendable, Equatable {
    public var name: String
    public var environment: String
    public var kind: Kind
    /// What it is where the environment says nothing: whole units of a duration, or a value of its type.
    public var initial: Value

    public enum Kind: Sendable, Hashable {
        /// Counted in this unit where the environment has a bare number; `15m` stands for itself.
        case duration(Unit)
        case integer, flag, text

        static let names = ["duration", "int", "bool", "string"]
    }

    public enum Unit: String, Sendable, CaseIterable {
        case seconds = "s"
        case minutes = "m"
        case hours = "h"
        case days = "d"
    }

    public init(name: String, environment: String, kind: Kind, initial: Value) {
        self.name = name
        self.environment = environment
        self.kind = kind
        self.initial = initial
    }
}

/// A signing key as the contract names it; its bytes are the server's to find or make.
public struct KeySpecification: Sendable, Equatable {
    public var name: String
    /// Already changed to what `algorithmEnvironment` says, if it says something.
    public var algorithm: SigningAlgorithm
    public var algorithmEnvironment: String?
    /// The variable that holds the secret.
    public var environment: String?
    public var minimumBytes: Int
    /// Whether it is an old issuer's, which verifies and never signs; such a key may be shorter than we would make one.
    public var verifiesOnly = false
    /// When another key takes its place; nothing for never. Asymmetric keys only.
    public var rotation: KeyRotation?

    public init(
        name: String, algorithm: SigningAlgorithm, algorithmEnvironment: String? = nil, environment: String? = nil,
        minimumBytes: Int = 32
    ) {
        self.name = name
        self.algorithm = algorithm
        self.algorithmEnvironment = algorithmEnvironment
        self.environment = environment
        self.minimumBytes = minimumBytes
    }
}

/// A scheduled change of a signing key.
public struct KeyRotation: Sendable, Hashable {
    /// How long one key signs.
    public var every: Lifetime
    /// How long the next key is published before it signs.
    public var overlap: Lifetime

    public init(every: Lifetime, overlap: Lifetime) {
        self.every = every
        self.overlap = overlap
    }
}

/// How a rule broken is worded: `$error.message`, and an item of `$errors`.
public struct Message: Sendable, Equatable {
    /// The dialect's own code of the rule, `$it.code`.
    public var code: String
    /// May name `${it.field}`, `${it.min}`, `${it.max}`, `${it.type}`.
    public var text: Tree

    public init(code: String, text: Tree) {
        self.code = code
        self.text = text
    }
}
