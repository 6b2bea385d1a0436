import Testing
import WatchwordCore

/// Texts that the standards print, read here as there.
@Suite("Examples of the standards")
struct PublishedExampleTests {
    private func read(_ bytes: some Collection<UInt8>) throws -> Value { try JSON.parse(bytes).get() }

    @Test("The image of RFC 8259 section 13 has its members and their types")
    func image() throws {
        let text = """
            {
              "Image": {
                  "Width":  800,
                  "Height": 600,
                  "Title":  "View from 15th Floor",
                  "Thumbnail": {
                      "Url":    "http://www.example.com/image/481989943",
                      "Height": 125,
                      "Width":  100
                  },
                  "Animated" : false,
                  "IDs": [116, 943, 234, 38793]
                }
            }
            """
        let image = try #require(try read(text.utf8)["Image"])
        #expect(image["Width"]?.int == 800 && image["Title"]?.string == "View from 15th Floor")
        #expect(image["Thumbnail"]?["Height"]?.int == 125)
        #expect(image["Animated"]?.bool == false)
        #expect(image["IDs"] == .array([.int(116), .int(943), .int(234), .int(38_793)]))
        // Printed for people it has the lines of the RFC, and read again it is the same.
        #expect(try read(JSON.indented(image).utf8) == image)
    }

    @Test("The places of RFC 8259 section 13 keep every digit of their coordinates")
    func places() throws {
        let text =
            #"[{"precision":"zip","Latitude":37.7668,"Longitude":-122.3959},{"precision":"zip","Latitude":37.371991,"Longitude":-122.026020}]"#
        guard case .array(let places) = try read(text.utf8) else {
            Issue.record("no array")
            return
        }
        #expect(places.map { $0["Latitude"] } == [.double(37.7668), .double(37.371991)])
        #expect(places.map { $0["Longitude"] } == [.double(-122.3959), .double(-122.02602)])
        #expect(JSON.text(.array(places)) == text.replacing("-122.026020", with: "-122.02602"))
    }

    @Test("The token of RFC 7519 section 3.1 has the header and the claims printed there")
    func token() throws {
        let token =
            "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
        let parts = token.split(separator: ".").map { TextEncoding.base64urlBytes($0.utf8) }
        let header = try #require(parts[0])
        #expect(String(decoding: header, as: UTF8.self) == "{\"typ\":\"JWT\",\r\n \"alg\":\"HS256\"}")
        #expect(try read(header) == .object([.init("typ", .string("JWT")), .init("alg", .string("HS256"))]))
        let claims = try read(try #require(parts[1]))
        #expect(
            claims
                == .object([
                    .init("iss", .string("joe")), .init("exp", .int(1_300_819_380)),
                    .init("http://example.com/is_root", .bool(true)),
                ]))
        #expect(parts[2]?.count == 32)
        #expect(parts.compactMap { $0.map(TextEncoding.base64url.encode) }.joined(separator: ".") == token)
        // Written without its blanks it is another text, and so another token.
        #expect(
            TextEncoding.base64url.encode(Array(JSON.text(try read(header)).utf8))
                == "eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9")
    }

    @Test("Its exp is the moment that RFC 7519 means, and that the next second is past")
    func numericDate() {
        let end = Timestamp(seconds: 1_300_819_380)
        #expect(CivilTime(end).text() == "2011-03-22T18:43:00Z")
        #expect(Timestamp(reading: "2011-03-22T18:43:00Z") == end)
        #expect(Timestamp(microseconds: end.microseconds + 999_999).seconds == 1_300_819_380)
    }

    @Test(
        "Bytes and their base64url of RFC 7515 appendix C and RFC 7518 appendix C",
        arguments: [
            ([3, 236, 255, 224, 193], "A-z_4ME"), ([0, 0, 0, 7], "AAAABw"), ([0, 0, 0, 128], "AAAAgA"),
            ([65, 108, 105, 99, 101], "QWxpY2U"), ([66, 111, 98], "Qm9i"),
            ([86, 170, 141, 234, 248, 35, 109, 32, 92, 34, 40, 205, 113, 167, 16, 26], "VqqN6vgjbSBcIijNcacQGg"),
        ] as [([UInt8], String)])
    func base64url(_ bytes: [UInt8], _ text: String) {
        #expect(TextEncoding.base64url.encode(bytes) == text)
        #expect(TextEncoding.base64url.decode(text.utf8, count: bytes.count) == bytes)
    }

    @Test("The key of RFC 7638 section 3.1 is written as it is hashed there: three members, sorted, no blank")
    func thumbprint() throws {
        let key = try read(
            #"{"kty": "RSA", "n": "0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zw", "e": "AQAB", "alg": "RS256"}"#
                .utf8)
        let members = ["e", "kty", "n"].compactMap { name in key[name].map { Value.Member(name, $0) } }
        #expect(
            JSON.text(.object(members))
                == #"{"e":"AQAB","kty":"RSA","n":"0vx7agoebGcQSuuPiLJXZptN9nndrQmbXEps2aiAFbWhM78LhWx4cbbfAAtVT86zw"}"#)
    }

    @Test(
        "Texts of RFC 3986 section 2.5 in a URL",
        arguments: [
            ("A", "A"), ("À", "%C3%80"), ("ア", "%E3%82%A2"), ("100%", "100%25"), ("a b", "a%20b"), ("%41", "%2541"),
        ])
    func percent(_ text: String, _ encoded: String) {
        #expect(PercentEncoding.component(text) == encoded)
    }
}
