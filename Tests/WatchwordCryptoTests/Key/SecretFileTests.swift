import Foundation
import Testing
import WatchwordCore
import WatchwordCrypto
import WatchwordTestKit

@Suite("A secret in a file")
struct SecretFileTests {
    private let directory: TemporaryDirectory
    private let path: String

    init() throws {
        directory = try TemporaryDirectory()
        path = directory.file("secrets/shop/main")
    }

    private func load(_ bytes: Int = 32) throws -> Secret {
        try SecretFile.load(path, bytes: bytes, random: SystemRandom())
    }

    private func mode(_ path: String) throws -> Int {
        let attributes = try FileManager.default.attributesOfItem(atPath: path)
        return (attributes[.posixPermissions] as? NSNumber)?.intValue ?? -1
    }

    @Test("is made once, for its owner only, and read ever after")
    func made() throws {
        let secret = try load()
        #expect(secret.bytes.count == 32)
        #expect(try load() == secret)
        #expect(try mode(path) == 0o600)
        #expect(try mode(directory.file("secrets")) == 0o700)
        #expect(try mode(directory.file("secrets/shop")) == 0o700)
        let names = try FileManager.default.contentsOfDirectory(atPath: directory.file("secrets/shop"))
        #expect(names == ["main"], "no draft stays")
    }

    @Test("is the same for many who start at once")
    func race() async throws {
        let path = self.path
        let secrets = try await withThrowingTaskGroup(of: [UInt8].self) { group in
            for _ in 0..<16 {
                group.addTask { try SecretFile.load(path, bytes: 32, random: SystemRandom()).bytes }
            }
            return try await group.reduce(into: Set<[UInt8]>()) { $0.insert($1) }
        }
        #expect(secrets.count == 1)
    }

    @Test("is refused if others may read it, naming the mend", arguments: [0o640, 0o604, 0o660, 0o644])
    func readable(_ mode: Int) throws {
        _ = try load()
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        let fault = try #require(throws: Fault.self) { try load() }
        #expect(fault.code == .keyMissing)
        #expect(fault.message.contains("chmod 600 \(path)"))
    }

    @Test(
        "is refused, not replaced, if it holds anything else", arguments: ["", "short", "not base64url at all!!", "\n"])
    func damaged(_ content: String) throws {
        _ = try load()
        try Data(content.utf8).write(to: URL(fileURLWithPath: path))
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let fault = try #require(throws: Fault.self) { try load() }
        #expect(fault.code == .keyMissing)
        #expect(try Data(contentsOf: URL(fileURLWithPath: path)) == Data(content.utf8))
    }

    @Test("is refused if it is shorter than is needed now")
    func tooShort() throws {
        _ = try load(32)
        #expect(throws: Fault.self) { try load(48) }
    }

    @Test("says why it cannot be made")
    func unwritable() throws {
        let fault = try #require(throws: Fault.self) {
            try SecretFile.load("/proc/no/such/place", bytes: 32, random: SystemRandom())
        }
        #expect(fault.message.contains("/proc/no"))
    }
}
