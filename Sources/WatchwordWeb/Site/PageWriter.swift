import WatchwordCore
import WatchwordDialect

/// Writes what a page answers as a response, with the fields that keep browsers strict.
struct PageWriter: Sendable {
    let site: SiteParts

    func response(_ answer: PageAnswer, page: String, _ visit: Visit) -> WireResponse {
        var response: WireResponse
        switch answer.content {
        case .page(let template, let own):
            let context = PageFrame(site: site, page: page).context(of: visit).merging(own) { _, own in own }
            response = html(template, context, status: answer.status)
        case .redirect(let path):
            response = bare(status: answer.status)
            response.headers.append(("Location", path.text(under: site.settings.path)))
        case .json(let value):
            response = bare(status: answer.status)
            response.headers.append(("Content-Type", "application/json; charset=utf-8"))
            response.body = Array(JSON.text(value).utf8)
        case .failed:
            let frame = PageFrame(site: site, page: "error").context(of: visit)
            response = failure(answer.status, frame)
        }
        if visit.isSecure { response.headers.append(Self.encryptedOnly) }
        if let wait = answer.retryAfter { response.headers.append(("Retry-After", String(wait))) }
        for cookie in answer.cookies { response.headers.append(("Set-Cookie", cookie.field)) }
        return response
    }

    /// A page of an error before or without a visit. `id`: of a fault, under which it is in the log.
    func failure(_ status: Int, id: String? = nil) -> WireResponse {
        var context = PageFrame(site: site, page: "error").context()
        if let id { context["fault"] = id }
        return failure(status, context)
    }

    private func failure(_ status: Int, _ frame: [String: Any]) -> WireResponse {
        var context = frame
        let key = site.library.has("error_\(status).title") ? "error_\(status)" : "error_400"
        context["title"] = "words.\(key).title"
        context["text"] = "words.\(key).text"
        return html("error", context, status: status)
    }

    private func html(_ template: String, _ context: [String: Any], status: Int) -> WireResponse {
        var response = bare(status: status)
        response.headers.append(("Content-Type", "text/html; charset=utf-8"))
        response.body = Array((site.library.render(template, context) ?? "").utf8)
        return response
    }

    private func bare(status: Int) -> WireResponse {
        WireResponse(status: status, headers: Self.headers, isSecret: true)
    }

    /// Where somebody came by https: from now on never otherwise (RFC 6797). Hosts below this one are not ours to bind.
    static let encryptedOnly = ("Strict-Transport-Security", "max-age=31536000")

    /// On every page (ASVS 5.0 3.4, 14.3.2): nothing from elsewhere, nothing inline, in no frame, in no cache, and no
    /// address of ours, which may hold a link's token, told to anybody.
    static let headers = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
        ("X-Frame-Options", "DENY"),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "no-referrer"),
        ("Cross-Origin-Opener-Policy", "same-origin"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
        ("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
        ("Cache-Control", "no-store"),
    ]
}
