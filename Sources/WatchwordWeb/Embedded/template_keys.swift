// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/keys.mustache.

extension EmbeddedPages {
    static let template_keys = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.keys.lead}}</p>
{{/lead}}
{{$content}}
{{#secret}}
{{> secret_once}}
{{/secret}}
<section class="panel">
<h2>{{> words.keys.new}}</h2>
{{#form}}
<form method="post" action="{{.action}}" class="stack">
{{> form_token}}
{{#.hidden}}
<input type="hidden" name="{{.name}}" value="{{.value}}">
{{/.hidden}}
{{#.fields}}
{{> field}}
{{/.fields}}
<div class="field">
<label for="f-life">{{> words.keys.life}}</label>
<select id="f-life" name="life">
{{#lives}}
<option value="{{.value}}">{{>*.label}}</option>
{{/lives}}
</select>
</div>
<button class="primary">{{>*.button}}</button>
</form>
{{/form}}
</section>
{{#first(keys)}}
{{<table}}
{{$table_caption}}{{> words.keys.title}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.keys.key}}</th><th scope="col">{{> words.keys.made}}</th><th scope="col">{{> words.keys.used}}</th><th scope="col">{{> words.keys.expires}}</th><th scope="col"><span class="unseen">{{> words.keys.action}}</span></th>{{/table_head}}
{{$table_rows}}
{{#keys}}
<tr>
<td data-label="{{> words.keys.key}}"><span><strong>{{.label}}</strong>{{#.hint}} <small><code>{{.}}…</code></small>{{/.hint}}{{^.rotates}} <span class="tag">{{> words.keys.replaced}}</span>{{/.rotates}}</span></td>
<td data-label="{{> words.keys.made}}">{{#.created}}{{> time}}{{/.created}}</td>
<td data-label="{{> words.keys.used}}">{{#.used}}{{> time}}{{/.used}}{{^.used}}{{> words.keys.never}}{{/.used}}</td>
<td data-label="{{> words.keys.expires}}">{{#.expires}}{{> time}}{{/.expires}}{{^.expires}}{{> words.keys.for_ever}}{{/.expires}}</td>
<td>
<div class="actions">
{{#.again}}
<form method="post" action="{{action}}">
{{> form_token}}
<input type="hidden" name="do" value="show"><input type="hidden" name="id" value="{{id}}">
<button>{{> words.keys.show}}<span class="unseen">: {{label}}</span></button>
</form>
{{/.again}}
{{#.rotates}}
{{> key_rotate}}
{{/.rotates}}
{{#.revoke}}
{{> confirm}}
{{/.revoke}}
</div>
</td>
</tr>
{{/keys}}
{{/table_rows}}
{{/table}}
{{/first(keys)}}
{{^first(keys)}}
{{<empty}}
{{$empty_title}}{{> words.keys.none}}{{/empty_title}}
{{$empty_text}}{{> words.keys.none_text}}{{/empty_text}}
{{/empty}}
{{/first(keys)}}
{{/content}}
{{/layout}}

"""##
}
