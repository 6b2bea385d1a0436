import Testing
import WatchwordCore
import WatchwordDialect
import WatchwordEngine
import WatchwordTestKit

@testable import WatchwordWeb

/// A browser as far as the pages notice: it keeps cookies, reads forms, and says where a request comes from.
struct Browser {
    let site: AccountSite
    var cookies: [String: String] = [:]
    var isSecure = true
    var address = "192.0.2.1"
    var userAgent: String?
    /// Of every POST; nothing for one that says none.
    var fetchSite: String? = "same-origin"
    var origin: String?

    init(_ stage: Stage) { site = stage.site }

    mutating func get(_ address: String, headers: [(String, String)] = []) async throws -> WireResponse {
        try await send(request("GET", address, headers))
    }

    /// Sends fields as they are.
    mutating func post(_ address: String, _ fields: [(String, String)]) async throws -> WireResponse {
        var request = request("POST", address, [("content-type", "application/x-www-form-urlencoded")])
        request.body = Self.encoded(fields)
        return try await send(request)
    }

    /// Opens a page and sends its form, with the hidden fields that stand in it.
    mutating func submit(
        _ page: String, to action: String? = nil, _ fields: [(String, String)]
    ) async throws -> WireResponse {
        let shown = try await get(page)
        let action = action ?? String(page.prefix { $0 != "?" })
        return try await post(action, Self.hidden(in: shown, action: action) + fields)
    }

    mutating func send(_ request: WireRequest) async throws -> WireResponse {
        var caller = TestRealm.caller(address)
        caller.userAgent = userAgent
        let response = try await site.respond(to: request, caller, isSecure: isSecure)
        for header in response.headers where header.name == "Set-Cookie" {
            let pair = header.value.prefix { $0 != ";" }.split(separator: "=", maxSplits: 1)
            cookies[String(pair[0])] = header.value.contains("Max-Age=0") ? nil : pair.count > 1 ? String(pair[1]) : ""
        }
        return response
    }

    func request(_ method: String, _ address: String, _ headers: [(String, String)] = []) -> WireRequest {
        let parts = address.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        var request = WireRequest(
            method: method, path: String(parts[0]), query: parts.count > 1 ? String(parts[1]) : nil)
        request.headers = [("host", "auth.example")] + headers.map { ($0.0, $0.1) }
        if !cookies.isEmpty {
            request.headers.append(("cookie", cookies.map { "\($0)=\($1)" }.joined(separator: "; ")))
        }
        if method == "POST", let fetchSite { request.headers.append(("sec-fetch-site", fetchSite)) }
        if method == "POST", let origin { request.headers.append(("origin", origin)) }
        return request
    }

    static func encoded(_ fields: [(String, String)]) -> [UInt8] {
        Array(
            fields.map { PercentEncoding.component($0.0) + "=" + PercentEncoding.component($0.1) }
                .joined(separator: "&").utf8)
    }

    /// The hidden inputs of the form that goes there.
    static func hidden(in response: WireResponse, action: String) -> [(String, String)] {
        let forms = response.text.split(separator: "<form ").dropFirst()
        guard let form = forms.first(where: { $0.hasPrefix("method=\"post\" action=\"\(action)\"") }) else { return [] }
        let inside = form.firstRange(of: "</form>").map { form[..<$0.lowerBound] } ?? form
        return inside.split(separator: "<input type=\"hidden\" name=\"").dropFirst().compactMap { input in
            let name = input.prefix { $0 != "\"" }
            guard let value = input.firstRange(of: "value=\"") else { return nil }
            return (String(name), unescaped(String(input[value.upperBound...].prefix { $0 != "\"" })))
        }
    }

    private static func unescaped(_ text: String) -> String {
        var text = text
        for (entity, character) in [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")] {
            text.replace(entity, with: character)
        }
        return text
    }
}

extension WireResponse {
    var text: String { String(decoding: body, as: UTF8.self) }
    var location: String? { header("location") }
    var setCookies: [String] { headers.filter { $0.name == "Set-Cookie" }.map(\.value) }
}
