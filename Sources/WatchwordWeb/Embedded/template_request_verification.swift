// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/request-verification.mustache.

extension EmbeddedPages {
    static let template_request_verification = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.request_verification.lead}}</p>
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
