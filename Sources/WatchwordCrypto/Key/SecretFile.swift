import Glibc
import WatchwordCore

/// Key material in a file that only its owner may read: base64url text, made at the first need.
public enum SecretFile {
    /// The secret at `path`, or a new one of `bytes` random bytes written there with mode 0600, its directory made
    /// with mode 0700 if it is missing. Of two processes that start at once, both get the one that was first.
    ///
    /// Throws `keyMissing` if the file cannot be used, saying why and how to mend it.
    public static func load(_ path: String, bytes: Int, random: any RandomSource) throws -> Secret {
        if let secret = try read(path, bytes: bytes) { return secret }
        try create(path, TextEncoding.base64url(random.bytes(bytes)) + [UInt8(ascii: "\n")], random: random)
        guard let secret = try read(path, bytes: bytes) else {
            throw Fault(.keyMissing, "\(path) was removed while it was being made; start again")
        }
        return secret
    }

    /// The secret, or nothing if there is no file.
    private static func read(_ path: String, bytes: Int) throws -> Secret? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw failure("read", path, "let the user who runs watchword read it")
        }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw failure("read", path, "check the disk") }
        guard status.st_mode & 0o077 == 0 else {
            throw Fault(
                .keyMissing,
                "\(path) may be read by others than its owner: run `chmod 600 \(path)`, and replace the secret if "
                    + "somebody may have read it")
        }
        var text = [UInt8](repeating: 0, count: 4_096)
        let count = Glibc.read(descriptor, &text, text.count)
        guard count >= 0 else { throw failure("read", path, "check the disk") }
        let line = text.prefix(count).prefix { $0 != UInt8(ascii: "\n") && $0 != UInt8(ascii: "\r") }
        guard let secret = TextEncoding.base64urlBytes(line), secret.count >= bytes else {
            throw Fault(
                .keyMissing,
                "\(path) does not hold a secret of at least \(bytes) bytes in base64url: restore it from a backup, "
                    + "or remove it to have a new one made, which ends every session and link made with the old one")
        }
        return Secret(secret)
    }

    /// Writes the whole file before it has its name, and gives it the name only if that is free.
    private static func create(_ path: String, _ content: [UInt8], random: any RandomSource) throws {
        try makeDirectory(above: path)
        let draft = "\(path).\(TextEncoding.hex.encode(random.bytes(8))).new"
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        let mend = "give the user who runs watchword a directory to write in, on a disk with room"
        guard descriptor >= 0 else { throw failure("create", draft, mend) }
        defer { unlink(draft) }
        let isWritten = write(descriptor, content, content.count) == content.count && fsync(descriptor) == 0
        let reason = isWritten ? 0 : errno
        close(descriptor)
        guard isWritten else {
            errno = reason
            throw failure("write", draft, mend)
        }
        guard link(draft, path) == 0 || errno == EEXIST else { throw failure("create", path, mend) }
        syncDirectory(above: path)
    }

    private static func makeDirectory(above path: String) throws {
        guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return }
        let directory = String(path[..<slash])
        guard access(directory, F_OK) != 0 else { return }
        try makeDirectory(above: directory)
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else {
            throw failure("make", directory, "give a directory that the user who runs watchword may write")
        }
    }

    /// Makes the new name survive a power cut, where the file system can.
    private static func syncDirectory(above path: String) {
        guard let slash = path.lastIndex(of: "/") else { return }
        let descriptor = open(slash == path.startIndex ? "/" : String(path[..<slash]), O_RDONLY | O_DIRECTORY)
        guard descriptor >= 0 else { return }
        fsync(descriptor)
        close(descriptor)
    }

    private static func failure(_ verb: String, _ path: String, _ mend: String) -> Fault {
        Fault(.keyMissing, "cannot \(verb) \(path): \(String(cString: strerror(errno))); \(mend)")
    }
}
