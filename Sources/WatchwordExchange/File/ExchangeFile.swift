import WatchwordCore

/// A conversation as text: exchanges that run in order (docs/reference/exchanges.md).
public struct ExchangeFile: Sendable, Equatable {
    /// What the file shows, a line each, without `# `.
    public var comments: [String] = []
    public var exchanges: [Exchange] = []

    public init(comments: [String] = [], exchanges: [Exchange] = []) {
        self.comments = comments
        self.exchanges = exchanges
    }
}

/// A request and what is expected of its answer, both with what stands in braces still in them.
public struct Exchange: Sendable, Equatable {
    public var method: String
    /// Path and query.
    public var target: String
    public var headers: [Field] = []
    /// Nothing where no body is sent; an empty one is sent as such.
    public var body: String?
    /// Nothing where only the request is written.
    public var expected: Expected?

    public struct Field: Sendable, Equatable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    public struct Expected: Sendable, Equatable {
        public var status: Int
        public var headers: [Field] = []
        /// Nothing where there must be no body.
        public var body: String?

        public init(status: Int, headers: [Field] = [], body: String? = nil) {
            self.status = status
            self.headers = headers
            self.body = body
        }
    }

    public init(method: String, target: String, headers: [Field] = [], body: String? = nil, expected: Expected? = nil) {
        self.method = method
        self.target = target
        self.headers = headers
        self.body = body
        self.expected = expected
    }
}

/// What is wrong with an exchange file.
public struct ExchangeMistake: Error, CustomStringConvertible, Equatable {
    public var file: String
    public var line: Int
    public var message: String

    public var description: String { "\(file):\(line): \(message)" }
}
