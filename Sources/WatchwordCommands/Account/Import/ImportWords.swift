import WatchwordCore
import WatchwordEngine

extension ImportReason {
    /// The reason for the operator. It never repeats a hash or a token.
    var words: String {
        switch self {
        case .unreadable(let words): "the record cannot be read: \(words)"
        case .unknown(let name):
            "`\(Text.safe(name))` is nothing that an account has: --map it to what it is, or --ignore it"
        case .type(let name, let expected): "\(name) must be \(expected)"
        case .rule(let problem): problem.words
        case .idMissing: "it has no id"
        case .idForm: "its id has not the form of this realm's ids: --new-ids gives it one"
        case .idTaken: "another account has its id"
        case .emailTaken: "another account has its email"
        case .usernameTaken: "another account has its username"
        case .differs: "its id is imported already, with other contents"
        case .deleted: "it was imported before and has been deleted since"
        case .repeated(let name): "an earlier record has the same \(name)"
        case .hash(.unknownFormat): "password_hash begins like no hash that is known"
        case .hash(.malformed): "password_hash is damaged"
        case .hash(.tooCostly): "password_hash would cost too much to check"
        case .hash(.keyMissing): "password_hash needs a key that the realm does not have"
        case .hashNotAccepted(let format):
            "password_hash is of kind \(format.rawValue): add it to `accept: {passwords: [...]}` in the dialect"
        case .tokensNotAccepted: "it brings tokens: add `accept: {opaque: {until: ...}}` to the dialect"
        case .token(let index, let reason): "token \(index + 1) \(reason.rawValue)"
        }
    }
}
