// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/key_rotate.mustache.

extension EmbeddedPages {
    static let template_key_rotate = ##"""
{{! A key's rotation, in a list of keys. Reads the key's id and label, and the page's action and overlaps. }}
<details class="confirm">
<summary>{{> words.keys.rotate}}<span class="unseen">: {{label}}</span></summary>
<form method="post" action="{{action}}">
{{> form_token}}
<input type="hidden" name="do" value="rotate">
<input type="hidden" name="id" value="{{id}}">
<p>{{> words.keys.rotate_question}}</p>
<label for="o-{{id}}">{{> words.keys.overlap}}</label>
<select id="o-{{id}}" name="overlap">
{{#overlaps}}
<option value="{{.value}}"{{#.selected}} selected{{/.selected}}>{{>*.label}}</option>
{{/overlaps}}
</select>
<button class="primary">{{> words.keys.rotate_button}}</button>
</form>
</details>

"""##
}
