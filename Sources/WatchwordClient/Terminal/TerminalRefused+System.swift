import Glibc

extension TerminalRefused {
    /// - Parameter problem: an `errno`.
    init(_ problem: Int32, _ what: String) {
        self.init(reason: "\(what): \(String(cString: strerror(problem)))")
    }
}
