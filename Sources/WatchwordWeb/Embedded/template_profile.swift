// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/profile.mustache.

extension EmbeddedPages {
    static let template_profile = ##"""
{{<layout}}
{{$content}}
{{#details}}
<section class="panel">
<h2>{{> words.profile.details}}</h2>
<form method="post" action="{{.action}}" class="stack">
{{> form_token}}
{{#.hidden}}
<input type="hidden" name="{{.name}}" value="{{.value}}">
{{/.hidden}}
{{#.fields}}
{{> field}}
{{/.fields}}
{{#checks}}
<label class="check"><input type="checkbox" name="{{.name}}" value="on"{{#.checked}} checked{{/.checked}}> {{.label}}</label>
{{/checks}}
<button class="primary">{{>*.button}}</button>
</form>
</section>
{{/details}}
{{#address}}
<section class="panel">
<h2>{{> words.profile.address}}</h2>
{{#email_now}}
<p>{{> words.profile.address_now}} <strong>{{.}}</strong></p>
{{/email_now}}
<p>{{> words.profile.address_text}}</p>
{{> entry_form}}
</section>
{{/address}}
{{^details}}
{{^address}}
<p class="lead">{{> words.profile.nothing}}</p>
{{/address}}
{{/details}}
<section class="panel">
<h2>{{> words.delete.title}}</h2>
<p>{{> words.profile.delete}}</p>
<form method="get" action="{{path}}/delete" class="stack">
<button class="danger">{{> words.profile.delete_link}}</button>
</form>
</section>
{{/content}}
{{/layout}}

"""##
}
