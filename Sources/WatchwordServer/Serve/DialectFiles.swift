import Glibc
import Synchronization

/// Notices that a dialect file is another than when it was last looked at.
final class DialectFiles: Sendable {
    private struct Look: Equatable {
        var seconds: Int
        var nanoseconds: Int
        var size: Int64
        var file: UInt64
    }

    private let paths: [String]
    private let seen: Mutex<[Look?]>

    init(_ realms: [RealmConfiguration]) {
        let paths = realms.flatMap(\.dialects).compactMap { spoken in
            if case .file(let path) = spoken.location { path } else { nil }
        }
        self.paths = paths
        seen = Mutex(paths.map(Self.look))
    }

    /// Whether any of them changed since the last question.
    func haveChanged() -> Bool {
        let looks = paths.map(Self.look)
        return seen.withLock { seen in
            defer { seen = looks }
            return seen != looks
        }
    }

    private static func look(_ path: String) -> Look? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Look(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int64(status.st_size),
            file: UInt64(status.st_ino))
    }
}
