// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/forgot-password.mustache.

extension EmbeddedPages {
    static let template_forgot_password = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.forgot_password.lead}}</p>
{{/lead}}
{{$content}}
{{#form}}
{{> entry_form}}
{{/form}}
{{/content}}
{{$after}}
<p><a href="{{path}}/sign-in">{{> words.entry.back}}</a></p>
{{/after}}
{{/layout}}

"""##
}
