import CPTY
import Glibc
import WatchwordRelay

extension TerminalProgram {
    /// Starts it on a new pseudo-terminal. Whoever asks owns both descriptors, and reaps the process.
    func start(_ size: TerminalSize) throws(TerminalRefused) -> (side: Int32, end: Int32, process: pid_t) {
        let texts = arguments + environment.map { "\($0.key)=\($0.value)" }.sorted()
        var pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) }
        defer { for pointer in pointers { free(pointer) } }
        pointers.insert(nil, at: arguments.count)
        pointers.append(nil)
        guard pointers.count(where: { $0 == nil }) == 2 else { throw TerminalRefused(ENOMEM, "cannot start \(path)") }
        var started = cpty()
        let problem = pointers.withUnsafeBufferPointer { pointers in
            let environment = pointers.baseAddress?.advanced(by: arguments.count + 1)
            return cpty_start(
                &started, path, pointers.baseAddress, environment, directory, size.columns, size.rows)
        }
        guard problem == 0 else { throw TerminalRefused(problem, "cannot start \(path)") }
        return (started.side, started.end, started.process)
    }
}
