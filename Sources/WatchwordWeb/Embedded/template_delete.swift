// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/delete.mustache.

extension EmbeddedPages {
    static let template_delete = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.delete.lead}}</p>
{{/lead}}
{{$content}}
<section class="panel">
{{#form}}
<form method="post" action="{{.action}}" class="stack">
{{> form_token}}
{{#handle}}
<input type="text" value="{{.}}" autocomplete="username" readonly hidden>
{{/handle}}
{{#.fields}}
{{> field}}
{{/.fields}}
<button class="danger">{{>*.button}}</button>
</form>
{{/form}}
</section>
{{/content}}
{{$after}}
<p><a href="{{path}}">{{> words.delete.keep}}</a></p>
{{/after}}
{{/layout}}

"""##
}
