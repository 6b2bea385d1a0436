// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/confirm.mustache.

extension EmbeddedPages {
    static let template_confirm = ##"""
{{! A step to think about: summary opens it, question is asked, button does it. All words keys; hidden is a list of objects with name and value, fields one of fields. }}
<details class="confirm{{#.danger}} danger{{/.danger}}">
<summary>{{>*.summary}}</summary>
<form method="post" action="{{.action}}">
{{> form_token}}
{{#.hidden}}
<input type="hidden" name="{{.name}}" value="{{.value}}">
{{/.hidden}}
<p>{{>*.question}}</p>
{{#.fields}}
{{> field}}
{{/.fields}}
<button class="{{#.danger}}danger{{/.danger}}{{^.danger}}primary{{/.danger}}">{{>*.button}}</button>
</form>
</details>

"""##
}
