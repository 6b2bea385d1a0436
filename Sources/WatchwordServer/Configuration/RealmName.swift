/// The rule for a realm's name: it stands in the store, in folders and, upper-cased, in variables.
enum RealmName {
    static let rule = "1 to 32 lower-case letters, digits and single hyphens, beginning with a letter"

    static func isValid(_ name: String) -> Bool {
        guard (1...32).contains(name.utf8.count), let first = name.utf8.first, isLetter(first) else { return false }
        return !name.contains("--") && !name.hasSuffix("-")
            && name.utf8.allSatisfy { isLetter($0) || (0x30...0x39).contains($0) || $0 == 0x2D }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (0x61...0x7A).contains(byte) }

    /// A name for a realm that only its dialect describes: the built-in's own, or the file's without folder and ending.
    static func derived(from dialect: DialectLocation) -> String {
        guard case .file(let path) = dialect else { return dialect.text }
        var parts = path.split(separator: "/")
        var last = parts.popLast().map(String.init) ?? "realm"
        // Dialects are kept as NAME/dialect.yaml, where the folder is the name.
        if last == "dialect.yaml", let folder = parts.last { last = String(folder) }
        let stem = last.split(separator: ".").first.map(String.init) ?? last
        var name = ""
        for byte in stem.lowercased().utf8 {
            let known = isLetter(byte) || (0x30...0x39).contains(byte)
            if known { name.append(Character(Unicode.Scalar(byte))) } else if !name.hasSuffix("-") { name += "-" }
        }
        while name.hasSuffix("-") { name.removeLast() }
        while let first = name.utf8.first, !isLetter(first) { name.removeFirst() }
        name = String(name.prefix(32))
        return isValid(name) ? name : "realm"
    }
}
