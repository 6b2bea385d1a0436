import Glibc
import WatchwordCore

/// A secret in a file that only its owner may read, made once from random bytes.
enum SecretFile {
    /// The secret in the file; made with `bytes` random bytes if there is no file.
    ///
    /// Making it is atomic: of two processes that start together one makes it, and both read the same.
    /// Throws `StartFailure` if the file cannot be read or written, if others may read it, or if it is too short.
    static func load(_ path: String, bytes: Int, random: any RandomSource) throws -> Secret {
        if let found = try read(path, bytes: bytes) { return found }
        try make(path, Secret(random.bytes(bytes)), suffix: TextEncoding.hex.encode(random.bytes(8)))
        guard let made = try read(path, bytes: bytes) else { throw failure("read", path, ENOENT) }
        return made
    }

    private static func read(_ path: String, bytes: Int) throws -> Secret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("read", path, errno)
        }
        defer { _ = close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path, errno) }
        guard status.st_mode & 0o077 == 0 else {
            throw StartFailure(
                .configuration, "other users may read the secret in \(path)",
                mend: "take that away with `chmod 600 \(path)`, and replace the secret if somebody may have read it")
        }
        var text = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(descriptor, &text, text.count)
        guard count >= 0 else { throw failure("read", path, errno) }
        // Random bytes are kept as hexadecimal digits, a line of them.
        let digits = text.prefix(count).prefix { $0 != 0x0A }
        guard let secret = TextEncoding.hex.decode(digits, count: digits.count / 2), secret.count >= bytes else {
            throw StartFailure(
                .configuration, "the secret in \(path) is damaged or shorter than \(bytes) bytes",
                mend: "put the file back from a backup; if there is none, remove it: a new secret is made, "
                    + "and what the old one signed, sealed or derived is void")
        }
        return Secret(secret)
    }

    /// Writes beside the name and then takes the name, if it is still free.
    private static func make(_ path: String, _ secret: Secret, suffix: String) throws {
        let temporary = path + "." + suffix
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw failure("write", path, errno) }
        defer {
            _ = close(descriptor)
            _ = unlink(temporary)
        }
        let text = Array(TextEncoding.hex.encode(secret.bytes).utf8) + [0x0A]
        guard write(descriptor, text, text.count) == text.count, fsync(descriptor) == 0 else {
            throw failure("write", path, errno)
        }
        guard link(temporary, path) == 0 || errno == EEXIST else { throw failure("write", path, errno) }
        sync(folderOf: path)
    }

    /// Makes the new name durable: without it a lost power could lose a secret that has signed tokens.
    private static func sync(folderOf path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let descriptor = open(String(path[..<slash]), O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { return }
        _ = fsync(descriptor)
        _ = close(descriptor)
    }

    private static func failure(_ verb: String, _ path: String, _ number: Int32) -> StartFailure {
        StartFailure(
            .cannotCreate, "cannot \(verb) the secret \(path): \(String(cString: strerror(number)))",
            mend: number == ENOSPC
                ? "free some space on that disk" : "give this user the folder and its files, mode 0700 and 0600")
    }
}
