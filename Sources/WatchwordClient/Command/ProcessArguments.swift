import Glibc

/// This process's arguments as the kernel shows them to others.
enum ProcessArguments {
    /// Overwrites every argument that is `secret`, or ends with `=secret`, where the system lists arguments from this
    /// process's own memory, as Linux does. Says whether none shows it any more.
    static func hide(_ secret: String) -> Bool {
        let wanted = Array(secret.utf8)
        guard !wanted.isEmpty, let area = area() else { return false }
        var start = 0
        for place in 0..<area.count where area[place] == 0 {
            let length = place - start
            if length >= wanted.count, area[(place - wanted.count)..<place].elementsEqual(wanted),
                length == wanted.count || area[place - wanted.count - 1] == UInt8(ascii: "=")
            {
                for letter in (place - wanted.count)..<place { area[letter] = UInt8(ascii: "x") }
            }
            start = place + 1
        }
        guard let shown = shown() else { return false }
        return !shown.split(separator: 0).contains {
            $0.count >= wanted.count && $0.suffix(wanted.count).elementsEqual(wanted)
        }
    }

    /// What `ps` would show, each argument ended by a zero.
    private static func shown() -> [UInt8]? { read("/proc/self/cmdline") }

    /// Where the kernel put the arguments of this process: proc(5), fields 48 and 49 of `stat`.
    private static func area() -> UnsafeMutableBufferPointer<UInt8>? {
        guard let bytes = read("/proc/self/stat"), let name = bytes.lastIndex(of: UInt8(ascii: ")")) else { return nil }
        // After the name in brackets, which may hold spaces, comes field 3.
        let fields = bytes[bytes.index(after: name)...].split(separator: 0x20)
        guard fields.count > 46, let start = UInt(String(decoding: fields[45], as: UTF8.self)),
            let end = UInt(String(decoding: fields[46], as: UTF8.self)), start > 0, end > start,
            let first = UnsafeMutablePointer<UInt8>(bitPattern: start)
        else { return nil }
        return UnsafeMutableBufferPointer(start: first, count: Int(end - start))
    }

    private static func read(_ path: String) -> [UInt8]? { FileBytes.read(path, atMost: 1 << 22) }
}
