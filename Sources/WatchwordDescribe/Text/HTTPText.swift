import WatchwordCore
import WatchwordDialect

/// An answer as people read it: the status, the fields, and the body with its members on lines.
public enum HTTPText {
    public static func text(_ response: WireResponse, width: Int = 80) -> String {
        var lines = [String(response.status)]
        lines += response.headers.map { "\($0.name): \($0.value)" }
        if !response.body.isEmpty { lines += ["", body(response, width: width)] }
        return lines.joined(separator: "\n")
    }

    public static func body(_ response: WireResponse, width: Int = 80) -> String {
        switch JSON.parse(response.body) {
        case .success(let value): JSONText.fitted(value, width: width)
        case .failure: String(decoding: response.body, as: UTF8.self)
        }
    }
}
