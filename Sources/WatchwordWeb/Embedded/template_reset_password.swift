// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/reset-password.mustache.

extension EmbeddedPages {
    static let template_reset_password = ##"""
{{<layout}}
{{$lead}}
{{^spent}}
<p class="lead">{{> words.reset_password.lead}}</p>
{{/spent}}
{{/lead}}
{{$content}}
{{#spent}}
<p>{{> words.reset_password.spent}}</p>
<p><a class="button primary" href="{{path}}/forgot-password">{{> words.reset_password.again}}</a></p>
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
