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

    @Test(
        "are made of their own characters only",
        arguments: [
            // format, an id but for one character, the characters that complete it
            (IDFormat.cuid, "cabcdefghijklmnopqrstuv1", "0123456789abcdefghijklmnopqrstuvwxyz"),
            (.objectID, "507f1f77bcf86cd79943901", "0123456789ABCDEFabcdef"),
            (.hex32, "0b8e1c529c0a4d2f8f3e5a1b2c3d4e5", "0123456789ABCDEFabcdef"),
            (.uuid, String(uuid.dropLast()), "0123456789ABCDEFabcdef"), (custom, "u_a1b", "123abc"),
        ])
    func characters(_ format: IDFormat, _ start: String, _ allowed: String) {
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let last = Unicode.Scalar(byte)
            let isAllowed = allowed.unicodeScalars.contains(last)
            #expect((format.canonical(start + String(last)) != nil) == isAllowed, "\(byte)")
        }
    }

    @Test("begin with what their format begins with, in its case")
    func starts() {
        #expect(IDFormat.cuid.canonical("1abcdefghijklmnopqrstuv12") == nil)
        #expect(IDFormat.cuid.canonical("Cabcdefghijklmnopqrstuv12") == nil)
        #expect(Self.custom.canonical("U_a1b2") == nil)
        #expect(Self.custom.canonical("u_u_a1") == nil)
        #expect(IDFormat.custom(alphabet: "ab", length: 2, prefix: "").canonical("ba") == "ba")
    }

    @Test("are kept as they are once they are in their one form, and count up to the largest integer")
    func stable() {
        for (format, text) in [(IDFormat.uuid, Self.uuid.uppercased()), (.hex32, String(repeating: "A", count: 32))] {
            let kept = format.canonical(text)
            #expect(kept != text)
            #expect(kept.flatMap(format.canonical) == kept)
        }
        #expect(IDFormat.integer.canonical("1") == "1")
        #expect(IDFormat.integer.canonical("9223372036854775807") == "9223372036854775807")
        #expect(IDFormat.integer.canonical("\u{0661}") == nil)
        // Lower-casing U+212A makes an ASCII k, and U+0130 makes two scalars: neither is a digit.
        #expect(IDFormat.hex32.canonical(String(repeating: "\u{212A}", count: 32)) == nil)
    }

    @Test("An id says itself and nothing more")
    func description() {
        #expect("\(ID<Account>("u1"))" == "u1")
        #expect(ID<Account>("u1") != ID<Account>("U1"))
    }

    @Test(
        "are no other text that Swift takes for the same: the Kelvin sign is no K, and a letter with a mark is none",
        arguments: ["K_\u{212A}1", "\u{212A}_K1", "K_K\u{301}1", "K\u{301}_K1", "K_1\u{301}", "K_\u{FF2B}1"])
    func lookalikes(_ text: String) {
        let format = IDFormat.custom(alphabet: "K12", length: 2, prefix: "K_")
        #expect(format.canonical(text) == nil)
        #expect(format.canonical("K_K1") == "K_K1")
        // Two letters of as many bytes as four.
        #expect(IDFormat.custom(alphabet: "K12", length: 4, prefix: "K_").canonical("K_K\u{212A}") == nil)
    }

    @Test(
        "are ASCII in their one form, which is its own, whatever a text like them is changed to",
        arguments: 0..<20 as Range<UInt64>)
    func changed(seed: UInt64) {
        let formats: [(IDFormat, String)] = [
            (.integer, "1234567"), (.uuid, Self.uuid), (.cuid, "cabcdefghijklmnopqrstuv12"),
            (.objectID, "507f1f77bcf86cd799439011"),
            (.hex32, "0b8e1c529c0a4d2f8f3e5a1b2c3d4e5f"), (Self.custom, "u_a1b2"),
        ]
        let strays = ["\u{212A}", "é", "e\u{301}", "\u{0}", "-", " ", "A", "0", "\u{FF10}", "\u{200D}", "_", "Z"].map {
            Array($0)
        }
        var random = SeededValues(seed)
        for (format, good) in formats {
            for _ in 0..<40 {
                var text = Array(good)
                let place = random.below(text.count)
                text.replaceSubrange(place...place, with: strays[random.below(strays.count)])
                guard let kept = format.canonical(String(text)) else { continue }
                #expect(kept.utf8.allSatisfy { (0x21...0x7E).contains($0) }, "seed \(seed): \(kept)")
                #expect(kept.utf8.count == good.utf8.count && format.canonical(kept) == kept, "seed \(seed): \(kept)")
            }
        }
    }
}
