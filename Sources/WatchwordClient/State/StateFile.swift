import Glibc

/// The file of an agent's state: 0600, replaced whole or not at all, and one program's at a time.
final class StateFile: Sendable {
    let path: String
    /// Of the lock beside it, held while this lives.
    private let lock: Int32

    /// Makes the folder where it is missing, and takes the lock.
    ///
    /// Throws `AgentFailure` where that cannot be, or another program has the file: two of one id would push each
    /// other off the server.
    init(_ path: String) throws {
        self.path = path
        if let slash = path.lastIndex(of: "/"), slash != path.startIndex { try Self.makeFolder(String(path[..<slash])) }
        lock = open(path + ".lock", O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard lock >= 0 else { throw Self.failure("cannot be written", path, errno) }
        guard flock(lock, LOCK_EX | LOCK_NB) == 0 else {
            close(lock)
            throw AgentFailure(
                .state,
                "the state file \(path) is another running agent's: end that, or give this one its own by --state")
        }
    }

    deinit {
        // Not left to the closing: a terminal's program that is being started holds a copy of the descriptor until it runs.
        flock(lock, LOCK_UN)
        close(lock)
    }

    /// An empty state where there is no file. Throws `AgentFailure` for one that cannot be read.
    func read() throws -> AgentState {
        guard let bytes = FileBytes.read(path, atMost: 1 << 20) else {
            guard errno == ENOENT else { throw Self.failure("cannot be read", path, errno) }
            return AgentState()
        }
        guard let state = AgentState(bytes) else {
            throw AgentFailure(
                .state, "the state file \(path) holds something else: mend it, or remove it to be a new machine")
        }
        return state
    }

    /// Either the old or the new is there, whatever happens meanwhile.
    func write(_ state: AgentState) throws {
        let draft = path + ".new"
        let file = open(draft, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { throw Self.failure("cannot be written", path, errno) }
        // An old draft may have been left more open.
        let isWritten = fchmod(file, 0o600) == 0 && FileBytes.write(state.bytes, to: file) && fsync(file) == 0
        let problem = errno
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let problem = isWritten ? errno : problem
            unlink(draft)
            throw Self.failure("cannot be written", path, problem)
        }
    }

    private static func makeFolder(_ path: String) throws {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            if mkdir(made, 0o700) != 0, errno != EEXIST {
                throw failure("cannot have its folder", path, errno)
            }
        }
    }

    private static func failure(_ what: String, _ path: String, _ problem: Int32) -> AgentFailure {
        AgentFailure(
            .state, "the state file \(path) \(what): \(String(cString: strerror(problem))); give another by --state")
    }
}
