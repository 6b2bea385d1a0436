import WatchwordCore
import WatchwordDialect

/// A cookie of the site (RFC 6265): never read by script, never sent with what another site posts.
struct SiteCookie: Sendable, Equatable {
    var name: String
    /// Nothing to remove it.
    var value: String?
    /// Nothing to keep it as long as the browser runs.
    var lifetime: Lifetime?
    var isSecure: Bool

    /// The Set-Cookie field's value.
    var field: String {
        var field = "\(name)=\(value ?? ""); Path=/; HttpOnly; SameSite=Lax"
        if isSecure { field += "; Secure" }
        if value == nil {
            field += "; Max-Age=0"
        } else if let lifetime {
            field += "; Max-Age=\(lifetime.seconds)"
        }
        return field
    }
}

/// The names of a realm's cookies.
///
/// With TLS they have the prefix `__Host-` (ASVS 5.0 3.3.1, 3.3.3), so that no other host or path can set them; without
/// it, on loopback, browsers would refuse them so.
struct CookieNames: Sendable {
    private let realm: String

    init(realm: Realm.ID) {
        // Only characters of a token (RFC 9110 section 5.6.2) can be in a cookie's name.
        self.realm = realm.text.unicodeScalars.map { scalar in
            switch scalar {
            case "a"..."z", "A"..."Z", "0"..."9", "-": String(scalar)
            default: "_"
            }
        }.joined()
    }

    /// Holds the access token of the pages' session.
    func session(isSecure: Bool) -> String { (isSecure ? "__Host-" : "") + "watchword-" + realm }
    /// Holds what forms are bound to before anybody is signed in.
    func visitor(isSecure: Bool) -> String { session(isSecure: isSecure) + "-form" }

    /// The value of the first cookie of that name (RFC 6265 section 4.2); nothing for an empty one.
    static func value(_ name: String, in request: WireRequest) -> String? {
        for header in request.headers where header.name == "cookie" {
            for pair in header.value.split(separator: ";") {
                let pair = pair.drop { $0 == " " }
                guard let split = pair.firstIndex(of: "="), pair[..<split] == name else { continue }
                let value = pair[pair.index(after: split)...]
                return value.isEmpty ? nil : String(value)
            }
        }
        return nil
    }
}
