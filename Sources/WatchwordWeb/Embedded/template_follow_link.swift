// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/follow-link.mustache.

extension EmbeddedPages {
    static let template_follow_link = ##"""
{{<layout}}
{{$content}}
<div data-hash-missing>
<p>{{> words.follow_link.missing}}</p>
<ul>
<li><a href="{{path}}/verify-email">{{> words.follow_link.verify}}</a></li>
<li><a href="{{path}}/reset-password">{{> words.follow_link.reset}}</a></li>
</ul>
</div>
{{#forms}}
<form method="post" action="{{.action}}" class="stack" data-hash="{{.fragment}}" hidden>
<p>{{>*.lead}}</p>
{{> form_token}}
{{#.hidden}}
<input type="hidden" name="{{.name}}" value="{{.value}}">
{{/.hidden}}
{{#.fields}}
{{> field}}
{{/.fields}}
<button class="primary">{{>*.button}}</button>
</form>
{{/forms}}
{{/content}}
{{/layout}}

"""##
}
