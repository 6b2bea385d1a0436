import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

@Suite("reading forms")
struct FormBodyTests {
    static let type = "application/x-www-form-urlencoded"

    @Test("names and values are decoded, and may repeat")
    func decodes() throws {
        let form = try FormBody("a=1&b=x+y%26z&a=2&empty=&bare".utf8)
        #expect(form["b"] == "x y&z")
        #expect(form["a"] == nil)
        #expect(form.all("a") == ["1", "2"])
        #expect(form["empty"] == "")
        #expect(form["bare"] == "")
    }

    @Test("what cannot be decoded is refused", arguments: ["a=%zz", "a=%", "a=%ff", "a=%00"])
    func broken(_ text: String) {
        #expect(throws: FormBody.Flaw.encoding) { try FormBody(text.utf8) }
    }

    @Test("too long a body and too many fields are refused")
    func bounded() {
        let long = "a=" + String(repeating: "b", count: FormBody.maximumBytes)
        #expect(throws: FormBody.Flaw.size) { try FormBody(long.utf8) }
        let many = Array(repeating: "a=b", count: FormBody.maximumFields + 1).joined(separator: "&")
        #expect(throws: FormBody.Flaw.size) { try FormBody(many.utf8) }
    }

    @Test("only forms are read", arguments: ["application/json", "text/plain", "multipart/form-data; boundary=x", ""])
    func media(_ type: String) throws {
        var request = WireRequest(method: "POST", path: "/", headers: [("content-type", type)])
        request.body = Array("a=b".utf8)
        #expect(throws: FormBody.Flaw.media) { try FormBody(of: request) }
        request.headers = [("content-type", Self.type.uppercased() + "; charset=utf-8")]
        #expect(try FormBody(of: request)["a"] == "b")
    }

    @Test("names are compared byte for byte")
    func bytes() throws {
        let form = try FormBody("e%CC%81=1".utf8)
        #expect(form["\u{E9}"] == nil)
        #expect(form["e\u{301}"] == "1")
    }
}
