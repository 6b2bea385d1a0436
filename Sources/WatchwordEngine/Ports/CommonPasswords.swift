import WatchwordCore

/// A list of passwords that everybody tries first (ASVS 5.0 6.2.4).
public protocol CommonPasswords: Sendable {
    func contains(_ password: Secret) -> Bool
}
