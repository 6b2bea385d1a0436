// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/field.mustache.

extension EmbeddedPages {
    static let template_field = ##"""
{{! One labelled input. Reads only its own object: name, label or label_text, type, value, autocomplete, error, hint, required, optional, inputmode, minlength, maxlength, autofocus, readonly, password. }}
<div class="field{{#.error}} bad{{/.error}}">
<label for="f-{{.name}}">{{>*.label}}{{.label_text}}{{#.optional}} <span class="optional">{{> words.field.optional}}</span>{{/.optional}}</label>
{{#.hint}}<p class="hint" id="h-{{name}}">{{>*.}}</p>{{/.hint}}
{{#.error}}<p class="error" id="e-{{name}}">{{.}}</p>{{/.error}}
<div class="input{{#.password}} password{{/.password}}">
<input id="f-{{.name}}" name="{{.name}}" type="{{.type}}"{{#.value}} value="{{.}}"{{/.value}}{{#.autocomplete}} autocomplete="{{.}}"{{/.autocomplete}}{{#.inputmode}} inputmode="{{.}}"{{/.inputmode}}{{#.minlength}} minlength="{{.}}"{{/.minlength}}{{#.maxlength}} maxlength="{{.}}"{{/.maxlength}}{{#.required}} required{{/.required}}{{#.readonly}} readonly{{/.readonly}}{{#.autofocus}} autofocus{{/.autofocus}}{{#.error}} aria-invalid="true"{{/.error}} aria-describedby="{{#.error}}e-{{name}} {{/.error}}{{#.hint}}h-{{name}}{{/.hint}}" autocapitalize="none" spellcheck="false">
{{#.password}}
<button type="button" class="reveal" data-reveal="f-{{name}}" aria-label="{{> words.field.show}}" aria-pressed="false" hidden><svg viewBox="0 0 24 24" width="20" height="20" aria-hidden="true"><path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12Z"/><circle cx="12" cy="12" r="3"/><path class="slash" d="m4 4 16 16"/></svg></button>
{{/.password}}
</div>
</div>

"""##
}
