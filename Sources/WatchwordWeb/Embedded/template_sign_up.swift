// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/sign-up.mustache.

extension EmbeddedPages {
    static let template_sign_up = ##"""
{{<layout}}
{{$content}}
{{#form}}
{{> entry_form}}
{{/form}}
{{/content}}
{{$after}}
<p>{{> words.sign_up.have_one}} <a href="{{path}}/sign-in">{{> words.sign_in.title}}</a></p>
{{/after}}
{{/layout}}

"""##
}
