// swift-format-ignore-file
// Made by scripts/embed-pages from Web/.

/// The templates, words and assets of the pages that the binary carries.
enum EmbeddedPages {
    static let templates: [(name: String, text: String)] = [
        ("agent-connections", template_agent_connections),
        ("agent-keys", template_agent_keys),
        ("agent-new", template_agent_new),
        ("agent-sharing", template_agent_sharing),
        ("agent-terminal", template_agent_terminal),
        ("agent", template_agent),
        ("agent_connect", template_agent_connect),
        ("agent_heading", template_agent_heading),
        ("agent_presence", template_agent_presence),
        ("agents", template_agents),
        ("confirm", template_confirm),
        ("delete", template_delete),
        ("empty", template_empty),
        ("entry_form", template_entry_form),
        ("error", template_error),
        ("errors", template_errors),
        ("field", template_field),
        ("follow-link", template_follow_link),
        ("forgot-password", template_forgot_password),
        ("form_token", template_form_token),
        ("key_rotate", template_key_rotate),
        ("keys", template_keys),
        ("layout", template_layout),
        ("notice", template_notice),
        ("overview", template_overview),
        ("password", template_password),
        ("profile", template_profile),
        ("request-verification", template_request_verification),
        ("reset-password", template_reset_password),
        ("secret_once", template_secret_once),
        ("sessions", template_sessions),
        ("sign-in", template_sign_in),
        ("sign-up", template_sign_up),
        ("signed-out", template_signed_out),
        ("table", template_table),
        ("tabs", template_tabs),
        ("time", template_time),
        ("verify-email", template_verify_email),
    ]
    static let words: [(name: String, text: String)] = [
        ("en", words_en),
    ]
    static let assets: [(name: String, text: String)] = [
        ("characters.js", asset_characters_js),
        ("emulator.js", asset_emulator_js),
        ("icon.svg", asset_icon_svg),
        ("keyrow.js", asset_keyrow_js),
        ("keys.js", asset_keys_js),
        ("pages.js", asset_pages_js),
        ("screen.css", asset_screen_css),
        ("style.css", asset_style_css),
        ("terminal.js", asset_terminal_js),
        ("view.js", asset_view_js),
    ]
}
