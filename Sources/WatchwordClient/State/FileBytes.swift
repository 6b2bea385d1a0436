import Glibc

/// Whole files by their descriptors.
enum FileBytes {
    /// Nothing, with `errno`, where there is no such file, or it cannot be read or is longer.
    static func read(_ path: String, atMost limit: Int) -> [UInt8]? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        return read(file, atMost: limit)
    }

    /// Nothing, with `errno`, where it cannot be read or is longer.
    static func read(_ file: Int32, atMost limit: Int) -> [UInt8]? {
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 4_096)
        while true {
            let count = Glibc.read(file, &piece, piece.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                return nil
            }
            bytes += piece[..<count]
            guard bytes.count <= limit else {
                errno = EFBIG
                return nil
            }
        }
    }

    /// False, with `errno`, where not all could be written.
    static func write(_ bytes: [UInt8], to file: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let written = rest.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if written > 0 { rest = rest.dropFirst(written) } else if errno != EINTR { return false }
        }
        return true
    }

    /// A line on standard error; a closed one is nothing to stop for.
    static func say(_ text: String) { _ = write(Array("\(text)\n".utf8), to: STDERR_FILENO) }
}
