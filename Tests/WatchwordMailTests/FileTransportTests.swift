import Foundation
import Testing
import WatchwordCore
import WatchwordMail
import WatchwordTestKit

@Suite("Mail written to files")
struct FileTransportTests {
    private let directory: TemporaryDirectory

    init() throws { directory = try TemporaryDirectory() }

    private var message: MailMessage { MailMessageTests.message() }

    @Test("is one whole file for its owner only, in a directory made for it")
    func writes() async throws {
        let place = directory.file("mail")
        try await FileTransport(directory: place).deliver(message)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["shop-m1.eml"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: place + "/shop-m1.eml")) == Data(message.encoded))
        for (path, mode) in [(place, 0o700), (place + "/shop-m1.eml", 0o600)] {
            let found = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? NSNumber
            #expect(found?.intValue == mode)
        }
    }

    @Test("overwrites itself when it comes twice, and a draft left by a crash")
    func twice() async throws {
        let place = directory.file("mail")
        let transport = FileTransport(directory: place)
        try await transport.deliver(message)
        try Data("half a mail".utf8).write(to: URL(fileURLWithPath: place + "/shop-m1.eml.new"))
        try await transport.deliver(message)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place) == ["shop-m1.eml"])
        #expect(try Data(contentsOf: URL(fileURLWithPath: place + "/shop-m1.eml")) == Data(message.encoded))
    }

    @Test("stays in its directory whatever its id or realm is", arguments: ["../../etc/passwd", "a/b", "..", "ä\0"])
    func names(_ hostile: String) async throws {
        let place = directory.file("mail")
        var message = self.message
        message.id = ID(hostile)
        message.realm = ID(hostile)
        try await FileTransport(directory: place).deliver(message)
        #expect(try FileManager.default.contentsOfDirectory(atPath: place).count == 1)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["mail"])
    }

    @Test("fails with a reason where it cannot be written")
    func unwritable() async throws {
        let failure = await #expect(throws: MailFailure.self) {
            try await FileTransport(directory: "/proc/no/such/place").deliver(message)
        }
        #expect(failure?.reason.contains("/proc/no/such/place") == true)
        #expect(failure?.kind == .temporary)
    }
}
