import WatchwordCore
import WatchwordEngine

/// The passwords that everybody tries first (ASVS 5.0 6.2.4), whatever their case.
///
/// The sample passwords of the documents behind the shipped dialects are left out on purpose, guessable as they
/// are: a reader who types the documents' lines must see them work.
public struct CommonPasswordList: CommonPasswords {
    private let list: Set<Substring>

    /// The list that comes with Watchword; made at its first use.
    public static let standard = CommonPasswordList(text: commonPasswords)

    /// A list of one's own: passwords apart by white space.
    public init(text: String) {
        list = Set(text.lowercased().split(whereSeparator: \.isWhitespace))
    }

    public var count: Int { list.count }

    public func contains(_ password: Secret) -> Bool { list.contains(Substring(password.revealed.lowercased())) }
}
