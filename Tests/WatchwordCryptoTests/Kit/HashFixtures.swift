import Foundation
import WatchwordCore

/// A password hash made by another implementation, and the password.
struct HashFixture: Decodable, Sendable, CustomStringConvertible {
    var format: String
    var maker: String
    var password: String
    var hash: String

    var description: String { "\(format) of \(maker)" }

    static let all: [HashFixture] = {
        let path = Fixtures.folder + "/hashes.json"
        guard let data = FileManager.default.contents(atPath: path) else { return [] }
        return (try? JSONDecoder().decode([HashFixture].self, from: data)) ?? []
    }()
}
