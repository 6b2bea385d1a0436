// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/form_token.mustache.

extension EmbeddedPages {
    static let template_form_token = ##"""
<input type="hidden" name="form" value="{{form_token}}">

"""##
}
