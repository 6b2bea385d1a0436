// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/signed-out.mustache.

extension EmbeddedPages {
    static let template_signed_out = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.signed_out.text}}</p>
{{/lead}}
{{$content}}
<p><a class="button primary" href="{{path}}/sign-in">{{> words.signed_out.again}}</a></p>
{{/content}}
{{/layout}}

"""##
}
