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

    private let seen: Mutex<[String: Look?]>

    init(_ paths: [String]) { seen = Mutex(Self.looks(paths)) }

    /// Whether any of these was not seen before as it is now.
    func haveChanged(_ paths: [String]) -> Bool {
        let looks = Self.looks(paths)
        return seen.withLock { seen in
            defer { seen = looks }
            return seen != looks
        }
    }

    private static func looks(_ paths: [String]) -> [String: Look?] {
        Dictionary(paths.map { ($0, look($0)) }, uniquingKeysWith: { first, _ in first })
    }

    private static func look(_ path: String) -> Look? {
        var status = stat()
        guard stat(path, &status) == 0 else { return nil }
        return Look(
            seconds: status.st_mtim.tv_sec, nanoseconds: status.st_mtim.tv_nsec, size: Int64(status.st_size),
            file: UInt64(status.st_ino))
    }
}
