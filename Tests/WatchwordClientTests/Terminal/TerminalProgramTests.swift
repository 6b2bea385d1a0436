import Testing
import WatchwordRelay

@testable import WatchwordClient

extension Terminals {
    @Suite("What a terminal runs")
    struct TerminalProgramTests {
        private let user = TerminalUser(name: "ada", home: "/srv/ada", shell: "/usr/bin/zsh")

        @Test("is the user's shell as a login shell, in the home")
        func login() {
            let program = TerminalProgram.login(user, inheriting: [:])
            #expect(program.path == "/usr/bin/zsh")
            #expect(program.arguments == ["-zsh"])
            #expect(program.directory == "/srv/ada")
            #expect(
                program.environment == [
                    "TERM": "xterm-256color", "HOME": "/srv/ada", "USER": "ada", "LOGNAME": "ada",
                    "SHELL": "/usr/bin/zsh", "LANG": "C.UTF-8",
                    "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                ])
        }

        @Test("is another shell where one is named")
        func named() {
            let program = TerminalProgram.login(user, shell: "/bin/dash", inheriting: [:])
            #expect(program.path == "/bin/dash")
            #expect(program.arguments == ["-dash"])
            #expect(program.environment["SHELL"] == "/bin/dash")
        }

        @Test("is given the language and the path of the process, and nothing secret")
        func environment() async throws {
            let secrets = [
                "VSAY_TOKEN": "k1", "WATCHWORD_TOKEN": "k2", "WATCHWORD_CONFIG": "k3", "JWT_SECRET": "k4",
                "AWS_SECRET_ACCESS_KEY": "k5", "LD_PRELOAD": "k6", "BASH_ENV": "k7", "ENV": "k8", "HOME": "k9",
            ]
            let environment = secrets.merging(["LANG": "de_DE.UTF-8", "PATH": "/opt/bin:/usr/bin:/bin", "TZ": "UTC"]) {
                $1
            }
            var program = TerminalProgram.login(user, shell: "/bin/cat", inheriting: environment)
            program.arguments = ["cat", "/proc/self/environ"]
            let (text, status) = try await TerminalBench.run(program)
            #expect(status == 0)
            for secret in secrets.values { #expect(!text.contains("=\(secret)\0"), "\(secret)") }
            let names = Set(text.split(separator: "\0").map { $0.prefix { $0 != "=" } })
            #expect(
                names.isSubset(of: ["TERM", "HOME", "USER", "LOGNAME", "SHELL", "LANG", "PATH", "TZ"]))
            #expect(text.contains("LANG=de_DE.UTF-8\0"))
            #expect(text.contains("PATH=/opt/bin:/usr/bin:/bin\0"))
            #expect(text.contains("HOME=/srv/ada\0"))
        }

        @Test("has the user that the machine says")
        func current() {
            let user = TerminalUser.current()
            #expect(!user.name.isEmpty && user.home.hasPrefix("/") && user.shell.hasPrefix("/"))
        }
    }
}
