import Testing
import WatchwordCore
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordServer

@Suite("Which notices a realm sends")
struct NoticesSettingTests {
    @Test("is the operator's to say, for all its dialects", arguments: [true, false])
    func setting(_ isOn: Bool) async throws {
        let kinds = isOn ? Mail.Kind.notices : []
        let directory = try TemporaryDirectory()
        let first = try Variant.write(Variant.first, "v1.yaml", in: directory)
        let second = try Variant.write(Variant.second, "v2.yaml", in: directory)
        let configuration = try RunningServer.configuration(
            "realms: {app: {dialects: [\(first), \(second)], port: 0, notices: \(isOn)}}", in: directory)
        let instance = try await Instance(configuration, environment: [:])
        let realm = try instance.realm(nil)
        #expect(realm.dialects.map(\.engine.realm.notices) == [kinds, kinds])
        #expect(realm.engine.realm.notices == kinds)
        try await instance.close()
    }
}
