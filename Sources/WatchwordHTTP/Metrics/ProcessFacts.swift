import FoundationEssentials

/// What the operating system says about this process.
enum ProcessFacts {
    /// Nothing where there is no /proc.
    static func residentBytes() -> Int? {
        guard let status = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else { return nil }
        return residentBytes(inStatus: status)
    }

    /// `VmRSS:	   12345 kB`
    static func residentBytes(inStatus status: String) -> Int? {
        let fields = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }?.split { " \t".contains($0) }
        guard let fields, fields.count == 3, fields[2] == "kB", let kibibytes = Int(fields[1]) else { return nil }
        return kibibytes * 1_024
    }
}
