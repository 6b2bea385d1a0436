import Glibc

/// Another program, run to its end; what it prints is dropped.
enum Command {
    struct Failed: Error {
        var command: [String]
        var status: Int32
    }

    static func run(_ command: [String]) async throws {
        var words: [UnsafeMutablePointer<CChar>?] = command.map { strdup($0) } + [nil]
        defer { for word in words { free(word) } }
        var process: pid_t = 0
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0)
        let code = posix_spawn(&process, command[0], &actions, nil, &words, environ)
        guard code == 0 else { throw Failed(command: command, status: code) }
        var status: Int32 = 0
        while waitpid(process, &status, WNOHANG) == 0 { try await Task.sleep(for: .milliseconds(1)) }
        guard status == 0 else { throw Failed(command: command, status: status) }
    }
}
