import WatchwordCore
import WatchwordEngine

extension StoreContract {
    static let signingKeys: [Case] = [
        Case("signing keys are read back whole, by name and generation, and their times change") { stores in
            try await stores.store.write { store in
                var first = Sample.signingKey()
                for key in [Sample.signingKey(2), first, Sample.signingKey(name: "access")] {
                    try same(try store.insert(key), true)
                }
                first.signsFrom = Sample.now
                first.expiresAt = Sample.now + .days(1)
                try store.update(first)
                try same(
                    try store.signingKeys(), [Sample.signingKey(name: "access"), first, Sample.signingKey(2)])
            }
            try same(try await stores.other.read { try $0.signingKeys() }, [])
        },
        Case("every algorithm of a signing key is stored") { stores in
            try await stores.store.write { store in
                for (index, algorithm) in SigningAlgorithm.allCases.enumerated() {
                    var key = Sample.signingKey(Int64(index + 1))
                    key.algorithm = algorithm
                    try same(try store.insert(key), true)
                }
                try same(try store.signingKeys().map(\.algorithm), SigningAlgorithm.allCases)
            }
        },
        Case("of many who make the next generation of a signing key, one is the first and stays") { stores in
            let made = try await among(20) { number in
                try await stores.store.write { store in
                    var key = Sample.signingKey()
                    key.id = ID("k\(number)")
                    return try store.insert(key)
                }
            }
            try same(made, 1)
            try same(try await stores.store.read { try $0.signingKeys().count }, 1)
            try same(try await stores.other.write { try $0.insert(Sample.signingKey()) }, true)
        },
        Case("a signing key goes when its last token is past its end, and never while none follows it") { stores in
            try await stores.store.write { store in
                var old = Sample.signingKey()
                _ = try store.insert(old)
                _ = try store.insert(Sample.signingKey(2))
                old.expiresAt = Sample.now + .hours(1)
                try store.update(old)
                try same(try store.removeExpired(at: Sample.now + .seconds(3_599), limit: 100), 0)
                try same(try store.removeExpired(at: Sample.now + .hours(1), limit: 100), 1)
                try same(try store.removeExpired(at: Sample.now + .days(9_999), limit: 100), 0)
                try same(try store.signingKeys(), [Sample.signingKey(2)])
            }
        },
    ]
}
