import CCurl
import Glibc

/// A program run to its end, with input on its standard input.
enum ChildProcess {
    struct Ending {
        /// As a shell tells it: 128 and the signal's number for one that was killed.
        var code: Int32
        /// The beginning of what it wrote to its standard output and error.
        var output: String
    }

    private static let longestOutput = 1_024

    /// Blocks until the program has ended. It gets none of our variables, descriptors or signal settings.
    /// Throws `MailFailure` if it cannot be started, or had to be killed because time was up or `isStopped` said so.
    static func run(
        _ program: String, _ arguments: [String], input: [UInt8], within timeout: Duration, isStopped: () -> Bool
    ) throws(MailFailure) -> Ending {
        // A socket, for writing to one whose reader has gone can be told not to raise a signal.
        var sockets: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0, &sockets) == 0 else {
            throw failure("start", program, errno)
        }
        defer { close(sockets[0]) }
        let process = spawn(program, arguments, sockets[1])
        close(sockets[1])
        guard case .success(let pid) = process else {
            if case .failure(let failure) = process { throw failure }
            throw failure("start", program, ECHILD)
        }
        var talk = Talk(descriptor: sockets[0], input: input[...])
        let deadline = ContinuousClock.now + timeout
        var status: Int32 = 0
        while true {
            talk.turn()
            let ended = waitpid(pid, &status, WNOHANG)
            if ended == pid { break }
            guard ended == 0 else { throw failure("wait for", program, errno) }
            let stopped = isStopped()
            guard stopped || ContinuousClock.now > deadline else { continue }
            kill(pid, SIGKILL)
            while waitpid(pid, &status, 0) == -1, errno == EINTR {}
            throw stopped
                ? MailFailure("the server stops", .interrupted)
                : MailFailure("\(program) did not end in time and was killed", .unavailable)
        }
        talk.drain()
        let signal = status & 0x7F
        return Ending(
            code: signal == 0 ? (status >> 8) & 0xFF : 128 + signal,
            output: String(decoding: talk.output.prefix(longestOutput), as: UTF8.self))
    }

    /// What goes to the program and what comes back, on one socket.
    private struct Talk {
        let descriptor: Int32
        var input: ArraySlice<UInt8>
        var output: [UInt8] = []
        var isOver = false

        /// Waits a moment until something can be written or read, and does that.
        mutating func turn() {
            guard !isOver else {
                poll(nil, 0, 10)
                return
            }
            var waiting = pollfd(
                fd: descriptor, events: Int16(POLLIN) | (input.isEmpty ? 0 : Int16(POLLOUT)), revents: 0)
            guard poll(&waiting, 1, 20) > 0 else { return }
            if waiting.revents & Int16(POLLOUT) != 0 {
                let count = input.withUnsafeBytes {
                    send(
                        descriptor, $0.baseAddress, $0.count,
                        Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT))
                }
                if count > 0 { input = input.dropFirst(count) } else if errno == EPIPE { input = [] }
                if input.isEmpty { shutdown(descriptor, Int32(SHUT_WR)) }
            }
            if waiting.revents & Int16(POLLIN | POLLHUP | POLLERR) != 0, !read() { isOver = input.isEmpty }
        }

        mutating func drain() { while read() {} }

        /// Whether there was something.
        private mutating func read() -> Bool {
            var buffer = [UInt8](repeating: 0, count: 4_096)
            let count = recv(descriptor, &buffer, buffer.count, Int32(MSG_DONTWAIT))
            guard count > 0 else { return false }
            if output.count < longestOutput { output += buffer[..<count] }
            return true
        }
    }

    private static func spawn(_ program: String, _ arguments: [String], _ descriptor: Int32) -> Result<
        pid_t, MailFailure
    > {
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        for standard in [STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO] {
            posix_spawn_file_actions_adddup2(&actions, descriptor, standard)
        }
        watchword_spawn_closes(&actions, 3)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        sigemptyset(&none)
        var all = sigset_t()
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        let words: [UnsafeMutablePointer<CChar>?] = ([program] + arguments).map { strdup($0) } + [nil]
        let environment: [UnsafeMutablePointer<CChar>?] = [strdup("PATH=/usr/sbin:/usr/bin:/sbin:/bin"), nil]
        defer { for each in words + environment { free(each) } }
        var pid = pid_t()
        let number = posix_spawn(&pid, program, &actions, &attributes, words, environment)
        return number == 0 ? .success(pid) : .failure(failure("start", program, number))
    }

    private static func failure(_ verb: String, _ program: String, _ number: Int32) -> MailFailure {
        MailFailure("cannot \(verb) \(program): \(String(cString: strerror(number)))", .unavailable)
    }
}
