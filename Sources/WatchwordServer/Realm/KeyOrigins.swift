import FoundationEssentials
import WatchwordCore
import WatchwordCrypto
import WatchwordDialect
import WatchwordEngine

extension Instance {
    /// Remembers which signing keys came from variables, and refuses to serve without one that did.
    ///
    /// A random key in its place would end every session in silence, and the program that shares the secret would
    /// verify nothing any more. Commands are not asked: an operator's shell need not hold the secrets.
    /// Throws `StartFailure`. A realm without accounts has nothing to lose.
    public func settleKeyOrigins(_ environment: [String: String]) async throws {
        for realm in realms {
            let variables = RealmEnvironment(environment, realm: realm.name)
            try realm.reading.requireForeignKeys()
            for key in realm.reading.keys {
                guard let variable = key.environment else { continue }
                if key.verifiesOnly {
                    try requireOldIssuerKey(variable, of: key, in: realm, variables)
                    continue
                }
                let note = RealmKeys.variableNote(of: key.name, realm: realm.name, in: directory)
                if let (name, _) = variables.find(variable) {
                    let mode: [FileAttributeKey: Any] = [.posixPermissions: 0o600]
                    let text = Data("\(name)\n".utf8)
                    guard FileManager.default.createFile(atPath: note, contents: text, attributes: mode) else {
                        throw StartFailure(
                            .cannotCreate, "cannot write \(note)",
                            mend: "free some space, or give this user that folder")
                    }
                } else if FileManager.default.fileExists(atPath: note) {
                    guard try await realm.engine.store.read({ try $0.accountCount() }) > 0 else {
                        try await realm.signingKeys.replaceAwaited()
                        continue
                    }
                    throw StartFailure(
                        .configuration,
                        "the signing key of realm `\(realm.name)` came from the variable \(variable), which is not set",
                        mend: "set it again; or remove \(note) to have another key, which ends every session")
                }
            }
        }
    }

    /// Nothing can be made in its place.
    private func requireOldIssuerKey(
        _ variable: String, of key: KeySpecification, in realm: OpenRealm, _ variables: RealmEnvironment
    ) throws {
        guard variables[variable] == nil else { return }
        throw StartFailure(
            .configuration,
            "realm `\(realm.name)` accepts tokens of the key `\(key.name)`, and \(variable) is not set",
            mend: "set it to \(key.algorithm.keyWords), the old issuer's, or take the key out of the dialect")
    }
}
