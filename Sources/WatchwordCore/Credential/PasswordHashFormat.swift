/// A family of password hashes of other systems. The raw value is its name in a dialect file.
public enum PasswordHashFormat: String, Hashable, Sendable, CaseIterable {
    case argon2, bcrypt, pbkdf2, scrypt
    case firebaseScrypt = "firebase_scrypt"
    /// sha256-crypt, sha512-crypt and yescrypt of libxcrypt.
    case crypt
    /// One round of a salted SHA, which is weak: only good until its owner signs in.
    case saltedSHA = "salted_sha"
}
