import Crypto
import CryptoExtras
import Synchronization
import WatchwordCore
import WatchwordCrypto
import WatchwordEngine
import WatchwordTestKit
import WatchwordVerifier

/// A server's signing key, as the server itself makes and publishes it.
struct Issuer {
    let signer: RealmSigner
    let algorithm: SigningAlgorithm

    static let secret = Secret("a shared secret that is at least sixty-four bytes long, so that HS512 is content")

    init(_ algorithm: SigningAlgorithm) throws {
        self.algorithm = algorithm
        let secret: Secret =
            switch algorithm {
            case .hs256, .hs384, .hs512: Self.secret
            case .rs256, .rs384, .rs512, .ps256:
                Secret(try _RSA.Signing.PrivateKey(keySize: .bits2048).pemRepresentation)
            case .es256: Secret(P256.Signing.PrivateKey().pemRepresentation)
            case .es384: Secret(P384.Signing.PrivateKey().pemRepresentation)
            case .es512: Secret(P521.Signing.PrivateKey().pemRepresentation)
            case .edDSA: Secret(Curve25519.Signing.PrivateKey().pemRepresentation)
            }
        signer = try RealmSigner(keys: ["main": SigningKey(algorithm: algorithm, secret: secret)])
    }

    func token(_ claims: [(String, Value)] = Issuer.claims) throws -> String {
        try signer.sign(claims.map { Value.Member($0.0, $0.1) }, with: "main").revealed
    }

    var keys: VerifierKeys {
        get throws {
            algorithm.isSymmetric ? try .shared(Self.secret, algorithm) : try .keySet(keySet)
        }
    }

    var keySet: [UInt8] { Array(JSON.text(.object([.init("keys", signer.keySet())])).utf8) }

    /// Good at `Time.start`.
    static let claims: [(String, Value)] = [
        ("sub", .string("ada")), ("iat", .int(1_700_000_000)), ("exp", .int(1_700_003_600)),
    ]

    static func claims(_ name: String, _ value: Value?) -> [(String, Value)] {
        claims.filter { $0.0 != name } + (value.map { [(name, $0)] } ?? [])
    }
}

/// A clock that stands where it is put.
final class Time: WallClock {
    static let start: Int64 = 1_700_000_100
    private let seconds = Mutex<Int64>(Time.start)

    func now() -> Timestamp { Timestamp(seconds: seconds.withLock { $0 }) }

    func pass(_ span: Int64) { seconds.withLock { $0 += span } }
}

/// A server's route that is asked, counted.
final class Asked: Sendable {
    private let state: Mutex<(count: Int, answer: [UInt8]?)>

    init(_ answer: [UInt8]?) { state = Mutex((0, answer)) }

    var count: Int { state.withLock { $0.count } }

    func set(_ answer: [UInt8]?) { state.withLock { $0.answer = answer } }

    struct Silence: Error {}

    func ask() throws -> [UInt8] {
        try state.withLock { state in
            state.count += 1
            guard let answer = state.answer else { throw Silence() }
            return answer
        }
    }
}
