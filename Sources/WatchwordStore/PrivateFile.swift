import Glibc
import WatchwordCore

/// Files that only their owner may read: the database and its copies hold addresses and hashes.
enum PrivateFile {
    /// Makes an empty file with mode 0600 if there is none; SQLite gives its log files the same mode.
    static func prepare(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("open", path) }
        _ = close(descriptor)
    }

    /// Makes an empty file with mode 0600, and throws if the name is taken.
    static func create(_ path: String) throws {
        let descriptor = open(path, O_CREAT | O_EXCL | O_RDWR | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("create", path) }
        _ = close(descriptor)
    }

    static func remove(_ path: String) { _ = unlink(path) }

    private static func failure(_ verb: String, _ path: String) -> Fault {
        let number = errno
        let reason = String(cString: strerror(number))
        return Fault(
            number == ENOSPC ? .diskFull : .storeUnavailable,
            "cannot \(verb) \(path): \(reason); give a path in a directory that the user who runs watchword may write")
    }
}
