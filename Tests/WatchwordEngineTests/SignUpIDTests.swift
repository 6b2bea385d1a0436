import Testing
import WatchwordCore
import WatchwordTestKit

@testable import WatchwordEngine

@Suite("New identifiers")
struct SignUpIDTests {
    private func ids(_ format: IDFormat, _ count: Int) async throws -> [String] {
        var terms = Contract.plain
        terms.accounts.idFormat = format
        let scene = try Scene(terms, seed: 7)
        let (engine, now) = (scene.engine, scene.now)
        return try await scene.realm.store.write { transaction in
            try (0..<count).map { _ in
                let id: Account.ID = try engine.newID(.account, at: now, in: transaction)
                return id.text
            }
        }
    }

    @Test("No form gives one identifier twice")
    func distinct() async throws {
        let forms: [IDFormat] = [
            .integer, .uuid, .cuid, .objectID, .hex32, .custom(alphabet: "0123456789abcdef", length: 20, prefix: ""),
        ]
        for form in forms {
            let made = try await ids(form, 500)
            #expect(Set(made).count == 500)
            #expect(Set(made.map(\.count)).count <= (form == .integer ? 3 : 1))
        }
    }

    @Test("Every character of an alphabet is as likely as any other, also where 256 is no multiple of their number")
    func even() async throws {
        let alphabet = (0..<200).compactMap { Unicode.Scalar(0x4E00 + $0) }.map(Character.init)
        let made = try await ids(.custom(alphabet: String(alphabet), length: 1_000, prefix: ""), 40)
        var counts: [Character: Int] = [:]
        for character in made.joined() { counts[character, default: 0] += 1 }
        // 200 of each are expected; drawing by remainder alone would give the first 56 of them about 312.
        #expect(counts.count == 200)
        #expect(counts.values.allSatisfy { (130...270).contains($0) })
    }

    @Test("Each noun of a realm that counts has its own numbers")
    func counters() async throws {
        let scene = try Scene(Contract.rotate)
        let (engine, now) = (scene.engine, scene.now)
        let made = try await scene.realm.store.write { transaction in
            let account: Account.ID = try engine.newID(.account, at: now, in: transaction)
            let agent: Agent.ID = try engine.newID(.agent, at: now, in: transaction)
            let next: Account.ID = try engine.newID(.account, at: now, in: transaction)
            return [account.text, agent.text, next.text]
        }
        #expect(made == ["1", "1", "2"])
    }

    @Test("A session's identifier is random whatever the realm's form, for it stands in tokens")
    func sessions() async throws {
        let scene = try Scene(Contract.rotate)
        let made = (0..<100).map { _ in scene.engine.newSessionID().text }
        #expect(made.allSatisfy { $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
        #expect(Set(made).count == 100)
        #expect(made.allSatisfy { $0.count == 22 && $0.allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber) } })
    }
}
