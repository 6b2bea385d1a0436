import WatchwordCore
import WatchwordDialect
import WatchwordEngine

extension SiteParts {
    /// Who a browser's cookie says is signed in; nothing for none, and for one that is no longer good.
    func principal(of request: WireRequest, _ caller: Caller, isSecure: Bool) async throws -> Principal? {
        guard let token = CookieNames.value(cookies.session(isSecure: isSecure), in: request),
            token.hasPrefix("web_")
        else { return nil }
        let presented = PresentedCredential(kind: .access, text: Secret(token))
        return try await engine.authenticate([presented], caller).output
    }
}

extension Visit {
    /// The cookie of a session that has just begun: always a new one (ASVS 5.0 7.2.4), so that none that was planted
    /// before is ever anybody's.
    func sessionCookie(_ token: IssuedToken) -> SiteCookie {
        SiteCookie(
            name: site.cookies.session(isSecure: isSecure), value: token.text.revealed,
            lifetime: settings.sessionLifetime, isSecure: isSecure)
    }

    /// What takes the session's cookie away.
    var endedCookie: SiteCookie {
        SiteCookie(name: site.cookies.session(isSecure: isSecure), isSecure: isSecure)
    }

    var visitorCookie: SiteCookie {
        SiteCookie(name: site.cookies.visitor(isSecure: isSecure), value: visitor, isSecure: isSecure)
    }

    /// Sign-in, from where one gets back to what was asked for.
    var signIn: LocalPath {
        var path = "sign-in"
        let asked = request.path + (request.method == "GET" ? request.query.map { "?" + $0 } ?? "" : "")
        if asked != settings.path, LocalPath(asked, under: settings.path) != nil {
            path += "?next=" + PercentEncoding.component(asked)
        }
        return LocalPath(below: path)
    }
}
