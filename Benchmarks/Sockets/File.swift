import Glibc

/// Whole small files, those of `/proc` among them, whose size is not known before they are read.
enum File {
    struct Failed: Error {
        var path: String
        var code: Int32
    }

    static func text(_ path: String) throws -> String {
        guard let file = fopen(path, "r") else { throw Failed(path: path, code: errno) }
        defer { fclose(file) }
        var bytes: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: 65_536)
        while true {
            let count = fread(&piece, 1, piece.count, file)
            if count == 0 { break }
            bytes += piece[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    static func write(_ text: String, to path: String) throws {
        guard let file = fopen(path, "w") else { throw Failed(path: path, code: errno) }
        defer { fclose(file) }
        let bytes = Array(text.utf8)
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw Failed(path: path, code: errno) }
    }
}
