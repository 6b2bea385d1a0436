import Crypto
import WatchwordCore
import WatchwordDialect

/// The style sheets, scripts and pictures of the pages, each under a name that holds its digest: what a browser has of
/// that name never changes.
struct SiteAssets: Sendable {
    private struct Asset: Sendable {
        var bytes: [UInt8]
        var type: String
        var tag: String
    }

    /// By the name in the address.
    private let assets: [String: Asset]
    /// The address of each, by its name without an end: `style`, `pages`, `theme`, `logo`.
    let addresses: [String: String]

    init(_ files: [(name: String, text: String)], _ settings: SiteSettings) {
        var assets: [String: Asset] = [:]
        var addresses: [String: String] = [:]
        func add(_ name: String, _ end: String, _ bytes: [UInt8], _ type: String) {
            let digest = TextEncoding.hex.encode(Array(SHA256.hash(data: bytes).prefix(8)))
            let full = "\(name).\(digest).\(end)"
            assets[full] = Asset(bytes: bytes, type: type, tag: "\"\(digest)\"")
            addresses[name] = "\(settings.path)/assets/\(full)"
        }
        for file in files {
            let parts = file.name.split(separator: ".")
            guard let name = parts.first, let end = parts.last, let type = Self.types[String(end)] else { continue }
            add(String(name), String(end), Array(file.text.utf8), type)
        }
        add("theme", "css", Array(Theme.text(settings.accent).utf8), "text/css; charset=utf-8")
        if let logo = settings.logo, let end = Self.types.first(where: { $0.value == logo.type })?.key {
            add("logo", end, logo.bytes, logo.type)
        }
        self.assets = assets
        self.addresses = addresses
    }

    private static let types = [
        "css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml",
        "png": "image/png", "jpg": "image/jpeg", "webp": "image/webp",
    ]

    /// The answer for an asset of that name, 304 where the browser has it (RFC 9110 section 13.1.2); nothing for an
    /// unknown one.
    func response(_ name: String, to request: WireRequest) -> WireResponse? {
        guard let asset = assets[name] else { return nil }
        let headers = [
            ("ETag", asset.tag), ("Cache-Control", "public, max-age=31536000, immutable"),
            ("X-Content-Type-Options", "nosniff"), ("Cross-Origin-Resource-Policy", "same-origin"),
            // A picture opened by itself is a document: it runs nothing.
            ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox"),
        ]
        if request.header("if-none-match") == asset.tag { return WireResponse(status: 304, headers: headers) }
        return WireResponse(status: 200, headers: [("Content-Type", asset.type)] + headers, body: asset.bytes)
    }
}
