import WatchwordCore
import WatchwordCrypto
import WatchwordDialect

extension RealmReading {
    /// The variable with a Firebase project's `base64_signer_key`, as the Firebase console shows it.
    static let firebaseVariable = "FIREBASE_SIGNER_KEY"

    private var acceptsFirebase: Bool {
        dialects.contains { $0.dialect.terms.accepted.passwords.contains(.firebaseScrypt) }
    }

    /// What the old password hashes need that the realm takes over.
    /// Throws `StartFailure`, naming the variable and never what it holds, if that cannot be read.
    func foreignKeys() throws -> ForeignKeys {
        guard acceptsFirebase, let (name, value) = environment.find(Self.firebaseVariable) else { return ForeignKeys() }
        guard let key = Base64.paddedBytes(value.utf8), key.count >= 16 else {
            throw StartFailure(.configuration, "\(name) holds no signer key in base64", mend: "set it to \(Self.place)")
        }
        return ForeignKeys(firebaseSigner: Secret(key))
    }

    /// Throws `StartFailure` if hashes are accepted that nothing could be verified against.
    func requireForeignKeys() throws {
        guard acceptsFirebase, environment[Self.firebaseVariable] == nil else { return }
        throw StartFailure(
            .configuration,
            "realm `\(configuration.name)` accepts Firebase's password hashes, and \(Self.firebaseVariable) is not set",
            mend: "set it to \(Self.place), or take `firebase_scrypt` out of `accept: passwords:`")
    }

    private static let place =
        "`base64_signer_key` of the project's password hash parameters, as the Firebase console shows them"
}
