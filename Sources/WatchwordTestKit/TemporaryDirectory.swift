import Foundation

/// A directory of a test's own, in memory where the system offers that, removed with its last reference.
public final class TemporaryDirectory: Sendable {
    public let path: String

    public init() throws {
        let parent =
            FileManager.default.isWritableFile(atPath: "/dev/shm")
            ? URL(fileURLWithPath: "/dev/shm") : FileManager.default.temporaryDirectory
        path = parent.appendingPathComponent("watchword-test-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(
            atPath: path, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o700])
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    public func file(_ name: String) -> String { path + "/" + name }

    /// The bytes of every file in it, one after the other.
    public func bytes() throws -> [UInt8] {
        try FileManager.default.contentsOfDirectory(atPath: path).sorted().flatMap { name in
            [UInt8](try Data(contentsOf: URL(fileURLWithPath: file(name))))
        }
    }
}
