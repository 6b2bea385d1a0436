// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/error.mustache.

extension EmbeddedPages {
    static let template_error = ##"""
{{<layout}}
{{$content}}
<p>{{>*text}}</p>
{{#fault}}
<p>{{> words.error_500.id}} <code>{{.}}</code></p>
{{/fault}}
{{/content}}
{{$after}}
<p><a href="{{path}}">{{> words.error.back}}</a></p>
{{/after}}
{{/layout}}

"""##
}
