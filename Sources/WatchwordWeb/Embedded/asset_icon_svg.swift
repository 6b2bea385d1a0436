// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/icon.svg.

extension EmbeddedPages {
    static let asset_icon_svg = ##"""
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="8" fill="#1f6f5c"/><path fill="#fff" d="M16 7a5 5 0 0 0-2.6 9.3L12 25h8l-1.4-8.7A5 5 0 0 0 16 7Z"/></svg>

"""##
}
