import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordTestKit

@Suite("Sealing")
struct RealmSealerTests {
    private static let secret = Secret([UInt8](repeating: 7, count: 32))
    private let sealer: RealmSealer

    init() throws { sealer = try RealmSealer(secret: Self.secret) }

    @Test("opens what it sealed, of any length, and shows nothing of it")
    func roundTrip() throws {
        for count in [0, 1, 15, 16, 17, 4_000] {
            let bytes = [UInt8](repeating: UInt8(ascii: "x"), count: count)
            let sealed = try sealer.seal(bytes, purpose: "mail")
            #expect(sealer.open(sealed, purpose: "mail") == bytes)
            #expect(sealed.count == count + 28)
            #expect(!String(decoding: sealed, as: UTF8.self).contains("xxx"))
        }
    }

    @Test("seals the same bytes differently each time")
    func nonces() throws {
        let sealed = try Set((0..<100).map { _ in try sealer.seal([1, 2, 3], purpose: "mail") })
        #expect(sealed.count == 100)
    }

    @Test("opens nothing under another purpose, another secret, or with a bit changed")
    func authentic() throws {
        let sealed = try sealer.seal([1, 2, 3], purpose: "mail")
        #expect(sealer.open(sealed, purpose: "refresh") == nil)
        #expect(try RealmSealer(secret: Secret([UInt8](repeating: 8, count: 32))).open(sealed, purpose: "mail") == nil)
        for index in sealed.indices {
            var changed = sealed
            changed[index] ^= 1
            #expect(sealer.open(changed, purpose: "mail") == nil)
        }
        for count in 0..<sealed.count { #expect(sealer.open(Array(sealed.prefix(count)), purpose: "mail") == nil) }
    }

    @Test("derives by HMAC-SHA-256, the same for a label and another for any other")
    func derive() throws {
        // Python's hmac.new(bytes([7]*32), b"key a 1", "sha256").
        #expect(
            TextEncoding.hex.encode(sealer.derive("key a 1"))
                == "2bd5f624dda3e78bf217d5751ca4f4e4c8843526841dc27032e0cc13bbcacf58")
        #expect(sealer.derive("key a 1") == sealer.derive("key a 1"))
        #expect(sealer.derive("key a 1") != sealer.derive("key a 2"))
    }

    @Test("wants a secret of 32 bytes")
    func short() {
        #expect(throws: Fault.self) { try RealmSealer(secret: Secret([UInt8](repeating: 7, count: 31))) }
    }
}
