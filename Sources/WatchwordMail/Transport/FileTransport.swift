import Glibc
import WatchwordCore

/// Writes each mail to a file of its own, `REALM-ID.eml`, mode 0600, complete or not at all.
/// A mail that comes twice overwrites itself.
public struct FileTransport: MailTransport {
    private let directory: String

    /// `directory` is made with mode 0700 at the first mail if it is missing; its parent must exist.
    public init(directory: String) { self.directory = directory }

    @discardableResult
    public func deliver(_ message: MailMessage) async throws -> String {
        guard mkdir(directory, 0o700) == 0 || errno == EEXIST else { throw Self.failure("make", directory) }
        let path = "\(directory)/\(Self.name(message.realm.text))-\(Self.name(message.id.text)).eml"
        let draft = path + ".new"
        // What an attempt cut short has left would keep its mode and be in the way.
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Self.failure("create", draft) }
        let text = message.encoded
        var written = 0
        while written < text.count {
            let count = text[written...].withUnsafeBytes { write(descriptor, $0.baseAddress, $0.count) }
            guard count > 0 else { break }
            written += count
        }
        let isComplete = written == text.count && fsync(descriptor) == 0
        let failure = isComplete ? nil : Self.failure("write", draft)
        close(descriptor)
        if let failure {
            unlink(draft)
            throw failure
        }
        guard rename(draft, path) == 0 else { throw Self.failure("create", path) }
        // The mail is marked as sent next: a power cut must not take the name from the file.
        let folder = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folder >= 0 else { throw Self.failure("open", directory) }
        defer { close(folder) }
        guard fsync(folder) == 0 else { throw Self.failure("write", directory) }
        return "written to \(path)"
    }

    /// Ids and realm names as part of a file name, whatever they hold.
    private static func name(_ text: String) -> String {
        String(text.map { $0.isASCII && ($0.isLetter || $0.isNumber || $0 == "_") ? $0 : "-" })
    }

    private static func failure(_ verb: String, _ path: String) -> MailFailure {
        MailFailure("cannot \(verb) \(path): \(String(cString: strerror(errno)))")
    }
}
