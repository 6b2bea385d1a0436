// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/overview.mustache.

extension EmbeddedPages {
    static let template_overview = ##"""
{{<layout}}
{{$content}}
{{#can_verify}}
<section class="panel">
<h2>{{> words.overview.unverified}}</h2>
<p>{{> words.overview.unverified_text}}</p>
<form method="post" action="{{path}}" class="stack">
{{> form_token}}
<button class="primary">{{> words.overview.send_again}}</button>
</form>
</section>
{{/can_verify}}
<section class="panel">
<h2>{{> words.overview.who}}</h2>
{{#who}}
<dl>
{{#address}}
<dt>{{> words.field.email}}</dt>
<dd>{{text}} {{#verified}}<span class="tag">{{> words.overview.verified}}</span>{{/verified}}{{^verified}}<span class="tag">{{> words.overview.not_verified}}</span>{{/verified}}</dd>
{{/address}}
{{#username}}
<dt>{{> words.field.username}}</dt>
<dd>{{.}}</dd>
{{/username}}
{{#name}}
<dt>{{> words.field.name}}</dt>
<dd>{{.}}</dd>
{{/name}}
{{#role}}
<dt>{{> words.overview.role}}</dt>
<dd>{{.}}</dd>
{{/role}}
{{#since}}
<dt>{{> words.overview.since}}</dt>
<dd>{{> time}}</dd>
{{/since}}
</dl>
{{/who}}
</section>
{{#usage}}
<section class="panel" id="usage">
<h2 id="usage-title">{{> words.overview.usage}}</h2>
<p>{{#spent}}{{> words.overview.usage_spent}}{{/spent}}{{^spent}}{{> words.overview.usage_text}}{{/spent}}</p>
<meter min="0" max="{{limit}}" value="{{count}}" aria-labelledby="usage-title">{{count}}/{{limit}}</meter>
</section>
{{/usage}}
{{#first(links)}}
<section class="panel">
<h2>{{> words.overview.links}}</h2>
<dl>
{{#links}}
<dt><a href="{{.href}}">{{>*.label}}</a></dt>
<dd>{{>*.text}}</dd>
{{/links}}
</dl>
</section>
{{/first(links)}}
{{/content}}
{{/layout}}

"""##
}
