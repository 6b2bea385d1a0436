import Glibc

/// What the kernel says of the server's process.
struct ServerFigures {
    struct Unreadable: Error {}

    /// Resident memory, in KiB.
    var resident = 0
    /// That part of it which is the process's own and no file's, in KiB.
    var anonymous = 0
    /// Time on the processors since its start, in seconds.
    var processor = 0.0
    /// Open descriptors.
    var descriptors = 0
    var threads = 0

    init(of process: Int32) throws {
        for line in try File.text("/proc/\(process)/smaps_rollup").split(separator: "\n") {
            let words = line.split(separator: " ")
            if words.first == "Rss:" { resident = Int(words[1]) ?? 0 }
            if words.first == "Anonymous:" { anonymous = Int(words[1]) ?? 0 }
        }
        // The name, in parentheses, may hold spaces; the third field is the first behind it.
        let stat = try File.text("/proc/\(process)/stat")
        guard let end = stat.lastIndex(of: ")") else { throw Unreadable() }
        let fields = stat[end...].split(separator: " ").dropFirst()
        guard fields.count > 20, let user = Int(fields[fields.startIndex + 11]),
            let system = Int(fields[fields.startIndex + 12]), let threads = Int(fields[fields.startIndex + 17])
        else { throw Unreadable() }
        processor = Double(user + system) / Double(sysconf(Int32(_SC_CLK_TCK)))
        self.threads = threads
        guard let folder = opendir("/proc/\(process)/fd") else { throw Unreadable() }
        defer { closedir(folder) }
        while readdir(folder) != nil { descriptors += 1 }
        descriptors -= 2
    }

    var text: String {
        "\(resident) KiB resident, \(anonymous) KiB anonymous, \(descriptors) descriptors, \(threads) threads"
    }
}
