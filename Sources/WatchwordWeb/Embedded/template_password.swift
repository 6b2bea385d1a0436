// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/password.mustache.

extension EmbeddedPages {
    static let template_password = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.password.lead}}</p>
{{/lead}}
{{$content}}
<section class="panel">
{{#form}}
{{> entry_form}}
{{/form}}
</section>
{{/content}}
{{/layout}}

"""##
}
