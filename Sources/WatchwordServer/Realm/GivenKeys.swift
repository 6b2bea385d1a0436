import FoundationEssentials
import WatchwordCore
import WatchwordCrypto
import WatchwordDialect

extension KeySpecification {
    /// The keys that the contract's variable holds; nothing if it is not set. A shared secret is one; of key pairs there
    /// may be several, in PEM one after another: the first signs, and all of them verify.
    ///
    /// Throws `StartFailure`, naming the variable and never what it holds, if they cannot be used.
    func given(by environment: RealmEnvironment) throws -> [SigningKey]? {
        guard let variable = self.environment, let (name, value) = environment.find(variable) else { return nil }
        let keys = algorithm.isSymmetric ? [try secret(value, name)] : try pairs(value, name)
        do {
            _ = try KeyRing(keys, name: self.name, isForeign: verifiesOnly)
        } catch let fault as Fault {
            throw StartFailure(
                .configuration, "the key in \(name) cannot be used: \(fault.message)", mend: mend(name))
        }
        return keys
    }

    private func secret(_ value: String, _ name: String) throws -> SigningKey {
        let minimum = verifiesOnly ? 1 : max(minimumBytes, algorithm.minimumBytes)
        guard value.utf8.count >= minimum else {
            throw StartFailure(
                .configuration,
                "the secret in \(name) has \(value.utf8.count) bytes, and \(algorithm.rawValue) needs at least "
                    + "\(minimum) (RFC 7518 section 3.2)",
                mend: "set \(name) to a longer secret, such as the output of `openssl rand -hex \(max(32, minimum))`, "
                    + "or leave it unset: a random one is then made and kept in the data directory")
        }
        return SigningKey(algorithm: algorithm, secret: Secret(value))
    }

    /// PEM itself, or `@/path` of a file with it.
    private func pairs(_ value: String, _ name: String) throws -> [SigningKey] {
        var text = value
        if value.hasPrefix("@") {
            let path = String(value.dropFirst())
            do { text = try String(contentsOfFile: path, encoding: .utf8) } catch {
                throw StartFailure(
                    .configuration, "the file that \(name) names, \(path), cannot be read",
                    mend: "let the user who runs watchword read it, or correct the path")
            }
        }
        let keys = PEMText.keys(in: Secret(text)).map { SigningKey(algorithm: algorithm, secret: $0) }
        guard !keys.isEmpty else {
            throw StartFailure(.configuration, "\(name) holds no key in PEM", mend: mend(name))
        }
        return keys
    }

    private func mend(_ name: String) -> String {
        guard !verifiesOnly else { return "set \(name) to \(algorithm.keyWords), the old issuer's" }
        let command: String =
            switch algorithm {
            case .hs256, .hs384, .hs512: "openssl rand -hex 64"
            case .rs256, .rs384, .rs512, .ps256: "openssl genpkey -algorithm RSA -pkeyopt rsa_keygen_bits:2048"
            case .es256: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256"
            case .es384: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-384"
            case .es512: "openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-521"
            case .edDSA: "openssl genpkey -algorithm ed25519"
            }
        return
            "set \(name) to the output of `\(command)`, or to `@` and the path of a file with it; or leave it unset: "
            + "a key is then made and kept in the database"
    }
}
