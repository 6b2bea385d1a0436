import Glibc
import WatchwordCore
import WatchwordEngine
import WatchwordServer

/// A file or standard input, read once from its beginning in blocks, with the digest of what was taken from it.
final class ImportInput {
    private let descriptor: Int32
    private let size: Int
    private var block: [UInt8] = []
    private var index = 0
    /// Where in the block the digest has come.
    private var digested = 0
    private var running = RunningDigest()
    private var isAtEnd = false

    /// Bytes taken.
    private(set) var offset: Int64 = 0
    /// Lines taken.
    private(set) var lines: Int64 = 0
    /// Bytes there are in all; nothing where nobody knows before the end.
    let length: Int64?
    /// The digest of the first bytes, by which the file is known again.
    let opening: TokenDigest

    /// Bytes that make the opening.
    static let openingLength = 4_096

    /// Opens the file of that path, `-` for standard input. `block`: bytes read at a time.
    init(_ path: String, block size: Int = 1 << 16) throws {
        self.size = max(size, Self.openingLength)
        descriptor = path == "-" ? STDIN_FILENO : open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            throw StartFailure(
                .usage, "cannot read \(path): \(String(cString: strerror(errno)))",
                mend: "name a file that this user may read, or - for standard input")
        }
        var status = stat()
        let isFile = fstat(descriptor, &status) == 0 && status.st_mode & S_IFMT == S_IFREG
        length = isFile ? Int64(status.st_size) : nil
        var first: [UInt8] = []
        while first.count < Self.openingLength, let more = try Self.read(descriptor, self.size) { first += more }
        block = first
        var digest = RunningDigest()
        digest.add(first.prefix(Self.openingLength))
        opening = digest.digest
    }

    deinit { if descriptor != STDIN_FILENO { close(descriptor) } }

    /// The next byte; nothing at the end.
    func next() throws -> UInt8? {
        guard try fill() else { return nil }
        let byte = block[index]
        index += 1
        offset += 1
        if byte == UInt8(ascii: "\n") { lines += 1 }
        return byte
    }

    /// The next byte, which is not taken.
    func peek() throws -> UInt8? { try fill() ? block[index] : nil }

    /// Takes the byte order mark that some programs begin a file with.
    func skipMark() throws {
        guard offset == 0, try fill(), block.starts(with: [0xEF, 0xBB, 0xBF]) else { return }
        for _ in 0..<3 { _ = try next() }
    }

    /// Takes bytes up to that offset; says whether what was taken then has that digest.
    func skip(to end: Int64, digest: TokenDigest) throws -> Bool {
        while offset < end, try next() != nil {}
        return offset == end && self.digest == digest
    }

    /// Of what was taken.
    var digest: TokenDigest {
        running.add(block[digested..<index])
        digested = index
        return running.digest
    }

    private func fill() throws -> Bool {
        if index < block.count { return true }
        guard !isAtEnd else { return false }
        running.add(block[digested...])
        block = try Self.read(descriptor, size) ?? []
        (index, digested) = (0, 0)
        isAtEnd = block.isEmpty
        return !isAtEnd
    }

    private static func read(_ descriptor: Int32, _ size: Int) throws -> [UInt8]? {
        var failure: Int32 = 0
        let bytes = [UInt8](unsafeUninitializedCapacity: size) { buffer, count in
            var found = Glibc.read(descriptor, buffer.baseAddress, size)
            while found < 0, errno == EINTR { found = Glibc.read(descriptor, buffer.baseAddress, size) }
            if found < 0 { failure = errno }
            count = max(0, found)
        }
        guard failure == 0 else {
            throw StartFailure(.unavailable, "reading failed: \(String(cString: strerror(failure)))")
        }
        return bytes.isEmpty ? nil : bytes
    }
}
