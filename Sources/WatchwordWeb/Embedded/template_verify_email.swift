// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/verify-email.mustache.

extension EmbeddedPages {
    static let template_verify_email = ##"""
{{<layout}}
{{$lead}}
{{^spent}}
<p class="lead">{{> words.verify_email.lead}}</p>
{{/spent}}
{{/lead}}
{{$content}}
{{#spent}}
<p>{{> words.verify_email.spent}}</p>
<p><a class="button primary" href="{{path}}/request-verification">{{> words.verify_email.again}}</a></p>
{{/spent}}
{{^spent}}
{{#form}}
{{> entry_form}}
{{/form}}
{{/spent}}
{{/content}}
{{$after}}
<p><a href="{{path}}/sign-in">{{> words.entry.back}}</a></p>
{{/after}}
{{/layout}}

"""##
}
