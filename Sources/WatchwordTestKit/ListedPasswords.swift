import WatchwordCore
import WatchwordEngine

/// A short list of common passwords, for tests that want one refused.
public struct ListedPasswords: CommonPasswords {
    private let list: Set<String>

    public init(_ list: Set<String> = ["12345678", "qwertyuiop", "iloveyou"]) { self.list = list }

    public func contains(_ password: Secret) -> Bool { list.contains(password.revealed.lowercased()) }
}
