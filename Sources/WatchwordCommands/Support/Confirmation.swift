import Glibc
import WatchwordServer

/// Asks before what cannot be undone.
enum Confirmation {
    static func ask(_ question: String) throws {
        guard isatty(STDIN_FILENO) == 1 else {
            throw StartFailure(.usage, "nobody is there to be asked", mend: "add --yes")
        }
        Output.write(question + " [y/N] ", to: STDERR_FILENO)
        let answer = String(decoding: StandardInput.read(limit: 16, upToLineEnd: true), as: UTF8.self)
        guard answer.lowercased() == "y" || answer.lowercased() == "yes" else {
            throw StartFailure(.usage, "nothing was done")
        }
    }
}
