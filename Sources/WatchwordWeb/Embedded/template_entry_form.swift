// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/entry_form.mustache.

extension EmbeddedPages {
    static let template_entry_form = ##"""
{{! A form of its own object: action, hidden, fields, button (words key); handle of the page, for password managers. }}
<form method="post" action="{{.action}}" class="stack">
{{> form_token}}
{{#handle}}
<input type="text" value="{{.}}" autocomplete="username" readonly hidden>
{{/handle}}
{{#.hidden}}
<input type="hidden" name="{{.name}}" value="{{.value}}">
{{/.hidden}}
{{#.fields}}
{{> field}}
{{/.fields}}
<button class="primary">{{>*.button}}</button>
</form>

"""##
}
