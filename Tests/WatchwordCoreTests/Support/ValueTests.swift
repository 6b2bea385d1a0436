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

    @Test(
        "Equal values are one in a set, and what differs in type, order or depth is another",
        arguments: 0..<60 as Range<UInt64>)
    func equality(seed: UInt64) {
        var random = SeededValues(seed)
        var again = SeededValues(seed)
        let value = random.value(depth: 3)
        let same = again.value(depth: 3)
        #expect(value == same && value.hashValue == same.hashValue, "seed \(seed)")
        for other in [.array([value]), .object([.init("v", value)]), .array([value, value])] as [Value] {
            #expect(other != value && Set([value, other, same]).count == 2, "seed \(seed)")
        }
    }

    @Test("A number is of the type that it was written in, an object of the order of its members")
    func distinct() {
        #expect(Value.int(1) != .double(1) && Value.int(0) != .bool(false) && Value.string("1") != .int(1))
        #expect(Value.null != .string("") && Value.null != .array([]) && Value.array([]) != .object([]))
        let members = [Value.Member("a", .int(1)), Value.Member("b", .int(2))]
        #expect(Value.object(members) != .object(members.reversed()))
        #expect(Value.object(members)["b"] == Value.object(members.reversed())["b"])
    }

    @Test("What is asked for as another type is nothing, for every pair of types")
    func pairs() {
        let values: [Value] = [
            .null, .bool(true), .int(1), .double(1), .string("true"), .array([.int(1)]), .object([.init("a", .int(1))]),
        ]
        for value in values {
            #expect((value.bool != nil) == (value.typeName == "boolean"))
            #expect((value.int != nil) == (value.typeName == "integer"))
            #expect((value.string != nil) == (value.typeName == "string"))
            #expect((value["a"] != nil) == (value.typeName == "object"))
        }
    }
}
