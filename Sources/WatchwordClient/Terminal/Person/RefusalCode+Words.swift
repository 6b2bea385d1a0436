import WatchwordCore

extension RefusalCode {
    /// For a person, where nothing else is known.
    var words: String {
        switch self {
        case .invalidCredentials: "no account has that name and password"
        case .notFound: "there is no such agent of yours"
        case .rateLimited: "too many tries: wait a moment"
        case .busy: "the server is busy: try again in a moment"
        default:
            sequence(first: self, next: \.parent).contains(.unauthorized)
                ? "the token is not taken: sign in again" : rawValue.split(separator: "_").joined(separator: " ")
        }
    }
}
