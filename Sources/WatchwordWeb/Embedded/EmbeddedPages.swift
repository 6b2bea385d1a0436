// Made by scripts/embed-pages from Web/.

/// The templates, words and assets of the pages that the binary carries.
enum EmbeddedPages {
    static let templates: [(name: String, text: String)] = [
        ("confirm", template_confirm),
        ("empty", template_empty),
        ("errors", template_errors),
        ("field", template_field),
        ("form_token", template_form_token),
        ("layout", template_layout),
        ("notice", template_notice),
        ("secret_once", template_secret_once),
        ("table", template_table),
        ("tabs", template_tabs),
        ("time", template_time),
    ]
    static let words: [(name: String, text: String)] = [
        ("en", words_en),
    ]
    static let assets: [(name: String, text: String)] = [
        ("icon.svg", asset_icon_svg),
        ("pages.js", asset_pages_js),
        ("style.css", asset_style_css),
    ]
}
