import Foundation
import Glibc
import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordMail

@Suite("Mail handed to a program")
struct SendmailTransportTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    /// A program that notes what it was given, and does `rest`.
    private func program(_ rest: String) throws -> String {
        let path = directory.file("sendmail")
        let folder = directory.path
        let text = """
            #!/bin/sh
            for each in "$@"; do printf '%s\\n' "$each"; done > \(folder)/arguments
            env > \(folder)/environment
            ls /proc/self/fd > \(folder)/descriptors
            \(rest)
            """
        try Data(text.utf8).write(to: URL(fileURLWithPath: path + ".text"))
        // By another process: of one that this process has open for writing, whatever another suite starts meanwhile
        // holds a copy for a moment, and what is being written cannot be run.
        try #require(system("cp '\(path).text' '\(path)' && chmod 700 '\(path)'") == 0)
        return path
    }

    private func noted(_ name: String) throws -> String {
        try String(contentsOfFile: directory.file(name), encoding: .utf8)
    }

    @Test("as it is, with the recipient where no option can be, and nothing of ours")
    func delivers() async throws {
        setenv("WATCHWORD_TEST_SECRET", "s3cret", 1)
        let transport = SendmailTransport(program: try program("cat > \(directory.path)/mail"))
        let message = MailMessageTests.message(
            to: "-oQ/tmp@example.com", text: String(repeating: "A line of the mail.\n.\n", count: 20_000))
        try await transport.deliver(message)
        #expect(try noted("arguments") == "-i\n-f\nno-reply@example.com\n--\n-oQ/tmp@example.com\n")
        #expect(try noted("mail") == String(decoding: message.encoded, as: UTF8.self).replacing("\r\n", with: "\n"))
        #expect(!(try noted("environment")).contains("s3cret"))
        #expect(try noted("descriptors").split(separator: "\n").count <= 4)
    }

    @Test(
        "fails as the program's exit code says",
        arguments: [
            (67, .permanent), (68, .permanent), (65, .permanent), (75, .temporary), (64, .unavailable),
            (69, .unavailable),
            (77, .unavailable), (1, .unavailable),
        ] as [(Int, MailFailure.Kind)])
    func codes(_ code: Int, _ kind: MailFailure.Kind) async throws {
        let transport = SendmailTransport(
            program: try program("cat > /dev/null; echo ada@example.com is bad >&2; exit \(code)"))
        let failure = await #expect(throws: MailFailure.self) {
            try await transport.deliver(MailMessageTests.message())
        }
        #expect(failure?.kind == kind)
        #expect(failure?.reason.contains("a***@example.com is bad") == true)
    }

    @Test("does not wait for ever, nor mind a program that reads nothing")
    func stuck() async throws {
        let slow = SendmailTransport(program: try program("exec sleep 600"), timeout: .milliseconds(300))
        let failure = await #expect(throws: MailFailure.self) { try await slow.deliver(MailMessageTests.message()) }
        #expect(failure?.kind == .unavailable)
        let deaf = SendmailTransport(program: try program("exit 0"))
        try await deaf.deliver(MailMessageTests.message(text: String(repeating: "x\n", count: 200_000)))
    }

    @Test("ends with the task that waits for it, without counting as a failure")
    func cancelled() async throws {
        let transport = SendmailTransport(
            program: try program("touch \(directory.path)/started; exec sleep 600"), timeout: .seconds(600))
        let started = directory.file("started")
        let kind = await withTaskGroup(of: MailFailure.Kind?.self) { group in
            // A child of the group, so that it can be cancelled.
            group.addTask {
                do { try await transport.deliver(MailMessageTests.message()) } catch let failure as MailFailure {
                    return failure.kind
                } catch {}
                return nil
            }
            while !FileManager.default.fileExists(atPath: started) { await Task.yield() }
            group.cancelAll()
            return await group.next() ?? nil
        }
        #expect(kind == .interrupted)
    }

    @Test("says which program is missing")
    func missing() async throws {
        let failure = await #expect(throws: MailFailure.self) {
            try await SendmailTransport(program: "/no/such/sendmail").deliver(MailMessageTests.message())
        }
        #expect(failure?.kind == .unavailable)
        #expect(failure?.reason.contains("/no/such/sendmail") == true)
    }
}
