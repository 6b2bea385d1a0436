import Testing
import WatchwordCore

@Suite("What addresses are made of")
struct AddressTests {
    /// `atext` of RFC 5322 section 3.2.3, of which the parts of a dot-atom are made.
    private static let atext = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-/=?^_`{|}~"

    @Test(
        "In a local part every ASCII character of a dot-atom may stand, anywhere, and no other (RFC 5322 section 3.2.3)"
    )
    func localPart() {
        for byte in 0...0x7F as ClosedRange<UInt8> {
            let character = String(Unicode.Scalar(byte))
            let isAllowed = Self.atext.utf8.contains(byte)
            for local in [character, "a" + character, character + "a"] {
                #expect(Identifier.isEmail("\(local)@example.org") == isAllowed, "\(byte) in \(local)")
            }
            // The dot stands between others only.
            let isInside = isAllowed || byte == UInt8(ascii: ".")
            #expect(Identifier.isEmail("a\(character)a@example.org") == isInside, "\(byte) inside")
        }
    }

    @Test("In a label of a domain letters, digits and hyphens may stand, a hyphen only inside (RFC 1035 section 2.3.1)")
    func domain() {
        let letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
        for letter in letters {
            for domain in ["\(letter)", "\(letter)-\(letter)", "\(letter).\(letter)", "x.\(letter)9.org"] {
                #expect(Identifier.isEmail("ann@\(domain)"), "\(domain)")
            }
        }
        for domain in [
            "-", "-a", "a-", "a.-b", "a-.b", "a.b-", ".", ".a", "a.", "a..b", "a b", "a@b", "a\tb", "a\u{7F}b",
        ] {
            #expect(!Identifier.isEmail("ann@\(domain)"), "\(domain)")
        }
        for special in "<>()[],;:\\\"" { #expect(!Identifier.isEmail("ann@a\(special)b"), "\(special)") }
    }

    @Test(
        "Addresses of every script are taken (RFC 6531), and are themselves again when they are looked up",
        arguments: [
            "用户@例子.广告", "अजय@डाटा.भारत", "квіточка@пошта.укр", "χρήστης@παράδειγμα.ελ", "Dörte@Sörensen.example.com",
            "коля@пример.рф", "관리자@예제.한국", "ผู้ใช้@ตัวอย่าง.ไทย", "אנה@דוגמה.co.il", "jose\u{301}@cafe\u{301}.example",
            "\u{1F98A}@example.org",
        ])
    func scripts(_ address: String) {
        #expect(Identifier.isEmail(address))
        #expect(Identifier.email(address).key == Identifier.email("  \(address)\n").key)
        #expect(Identifier.isEmail(Identifier.key(address)))
    }

    @Test(
        "An @, a dot or a hyphen with a mark on it is one still to a mail server, and is refused",
        arguments: [
            // Two @, of which Swift sees one character and one with an acute.
            "root@\u{301}internal.example@evil.example", "ann@\u{301}example.org", "ann@example.org@\u{308}",
            ".\u{301}ann@example.org", "ann..\u{301}b@example.org", "ann.\u{301}@example.org", "ann@example.\u{301}org",
            "ann@a..\u{327}b", "ann@-\u{301}a.org", "ann@a-\u{301}.org", "ann@\u{20E3}example.org", "ann@\u{FE0F}b.org",
            // A letter of Malayalam that Swift joins to what follows it.
            "ann\u{D4E}@example.org@evil.example", "ann\u{D4E}@example.org", "ann\u{D4E}.@example.org",
        ])
    func marked(_ address: String) {
        #expect(!Identifier.isEmail(address))
    }

    @Test(
        "Nothing that cannot be seen, or that turns the direction of writing, stands in an address or a username",
        arguments: [
            0x00, 0x07, 0x1B, 0x7F, 0x85, 0x9F, 0xAD, 0x061C, 0x070F, 0x180E, 0x200B, 0x200C, 0x200D, 0x200E, 0x200F,
            0x2028, 0x2029, 0x202A, 0x202B, 0x202C, 0x202D, 0x202E, 0x2060, 0x2066, 0x2067, 0x2068, 0x2069, 0xFEFF,
            0xFFF9, 0xFFFB, 0x110BD, 0x1D173, 0xE0001, 0xE0061, 0xE007F,
        ] as [UInt32])
    func unseen(_ code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        #expect(Identifier.isControl(scalar))
        for text in ["\(scalar)ann", "an\(scalar)n", "ann\(scalar)"] {
            #expect(!Identifier.isEmail("\(text)@example.org"))
            #expect(!Identifier.isEmail("ann@\(text).org"))
            #expect(!Identifier.isUsername(text))
        }
    }

    @Test(
        "Nor does a space of any width stand in an address",
        arguments: [0x20, 0xA0, 0x1680, 0x2000, 0x2003, 0x2009, 0x200A, 0x202F, 0x205F, 0x3000] as [UInt32])
    func spaces(_ code: UInt32) throws {
        let scalar = try #require(Unicode.Scalar(code))
        #expect(!Identifier.isControl(scalar))
        for address in ["an\(scalar)n@example.org", "ann@exam\(scalar)ple.org", "ann\(scalar)@example.org"] {
            #expect(!Identifier.isEmail(address))
        }
    }

    @Test(
        "What can be made by the rules is an address, and one stray character makes it none",
        arguments: 0..<40 as Range<UInt64>)
    func grammar(seed: UInt64) {
        var random = SeededValues(seed)
        let atext = Array(Self.atext)
        let letters = Array("abcdefghijklmnopqrstuvwxyzABCXYZ0189é名")
        let word = { (alphabet: [Character], most: Int, random: inout SeededValues) in
            String((0...random.below(most)).map { _ in alphabet[random.below(alphabet.count)] })
        }
        for _ in 0..<20 {
            let local = (0...random.below(3)).map { _ in word(atext, 12, &random) }.joined(separator: ".")
            let domain = (0...random.below(4)).map { _ in word(letters, 15, &random) }.joined(separator: ".")
            let address = Array("\(local)@\(domain)")
            #expect(Identifier.isEmail(String(address)), "seed \(seed): \(String(address))")
            #expect(!Identifier.isUsername(String(address)))
            let place = random.below(address.count + 1)
            for stray in ["@", " ", "\"", "\r\n", ",", "\u{0}", "\u{301}@", "<"] {
                let spoilt = String(address[..<place]) + stray + String(address[place...])
                #expect(!Identifier.isEmail(spoilt), "seed \(seed): \(spoilt.debugDescription)")
            }
        }
    }
}
