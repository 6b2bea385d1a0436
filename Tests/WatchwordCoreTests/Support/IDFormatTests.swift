import Testing
import WatchwordCore

@Suite("Ids that another system made")
struct IDFormatTests {
    private static let uuid = "0b8e1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5f"
    private static let custom = IDFormat.custom(alphabet: "abc123", length: 4, prefix: "u_")

    @Test(
        "are kept in one form",
        arguments: [
            (IDFormat.integer, "42", "42"), (.uuid, uuid, uuid), (.uuid, uuid.uppercased(), uuid),
            (.uuid, "0b8e1c529c0a4d2f8f3e5a1b2c3d4e5f", uuid),
            (.cuid, "cabcdefghijklmnopqrstuv12", "cabcdefghijklmnopqrstuv12"),
            (.objectID, "507F1F77bcf86cd799439011", "507f1f77bcf86cd799439011"),
            (.hex32, "0B8E1c529c0a4d2f8f3e5a1b2c3d4e5f", "0b8e1c529c0a4d2f8f3e5a1b2c3d4e5f"),
            (custom, "u_a1b2", "u_a1b2"),
        ])
    func good(_ format: IDFormat, _ text: String, _ kept: String) { #expect(format.canonical(text) == kept) }

    @Test(
        "are refused where they are no id of the realm",
        arguments: [
            (IDFormat.integer, "0"), (.integer, "-1"), (.integer, "007"), (.integer, "+7"), (.integer, "7.0"),
            (.integer, ""),
            (.integer, "9223372036854775808"), (.integer, uuid), (.uuid, "42"), (.uuid, uuid + "0"),
            (.uuid, "0b8e1c52-9c0a-4d2f-8f3e-5a1b2c3d4e5g"), (.uuid, "0b8e1c529-c0a-4d2f-8f3e-5a1b2c3d4e5f"),
            (.uuid, "{\(uuid)}"), (.cuid, "cABC"), (.cuid, "xabcdefghijklmnopqrstuv12"),
            (.objectID, "507f1f77bcf86cd79943901"),
            (.hex32, "zz8e1c529c0a4d2f8f3e5a1b2c3d4e5f"), (custom, "a1b2"), (custom, "u_a1b"), (custom, "u_a1bz"),
        ])
    func bad(_ format: IDFormat, _ text: String) { #expect(format.canonical(text) == nil) }
}
