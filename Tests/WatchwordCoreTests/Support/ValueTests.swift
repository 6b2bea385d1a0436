import Testing
import WatchwordCore

@Suite("Plain data")
struct ValueTests {
    private let person = Value.object([
        Value.Member("name", .string("Ann")), Value.Member("age", .int(41)), Value.Member("admin", .bool(false)),
        Value.Member("tags", .array([.null])),
    ])

    @Test("Members are found by name, and only in objects")
    func members() {
        #expect(person["name"] == .string("Ann"))
        #expect(person["nobody"] == nil)
        #expect(Value.array([person])["name"] == nil)
        #expect(Value.null["name"] == nil)
    }

    @Test("A value gives its content only as the type it has")
    func content() {
        #expect(person["name"]?.string == "Ann")
        #expect(person["age"]?.int == 41)
        #expect(person["admin"]?.bool == false)
        #expect(person["age"]?.string == nil)
        #expect(person["name"]?.int == nil)
        #expect(Value.double(1).int == nil)
        #expect(Value.int(1).bool == nil)
    }

    @Test("Every type has the word that readers of messages know")
    func words() {
        let values: [Value] = [.null, .bool(true), .int(1), .double(0.5), .string(""), .array([]), .object([])]
        #expect(
            values.map(\.typeName) == ["null", "boolean", "integer", "number", "string", "array", "object"])
    }
}
