import Glibc
import WatchwordCore

/// The folder that holds everything durable: the database, the secrets, and mail written to files.
public struct DataDirectory: Sendable {
    public let path: String

    public var database: String { path + "/watchword.db" }
    public var secrets: String { path + "/secrets" }
    public var mail: String { path + "/mail" }

    /// Makes the folder, and the one for secrets, with mode 0700 if they are missing.
    /// Throws `StartFailure` if that fails or this user may not write there.
    public init(_ path: String) throws {
        self.path = path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path
        try Self.make(self.path)
        try Self.make(secrets)
    }

    /// Makes a folder, and those above it that are missing, for its owner alone.
    public static func make(_ path: String) throws {
        if mkdir(path, 0o700) != 0, errno == ENOENT, let slash = path.lastIndex(of: "/"), slash > path.startIndex {
            try make(String(path[..<slash]))
            _ = mkdir(path, 0o700)
        }
        var status = stat()
        guard stat(path, &status) == 0 else { throw failure(path, errno) }
        guard status.st_mode & S_IFMT == S_IFDIR else { throw failure(path, ENOTDIR) }
        guard access(path, R_OK | W_OK | X_OK) == 0 else { throw failure(path, errno) }
    }

    private static func failure(_ path: String, _ number: Int32) -> StartFailure {
        StartFailure(
            .cannotCreate, "cannot write to the folder \(path): \(String(cString: strerror(number)))",
            mend: number == ENOSPC
                ? "free some space on that disk; nothing that was acknowledged is lost"
                : "give this user that folder, or set data_directory (--data, WATCHWORD_DATA_DIRECTORY) to another one")
    }
}
