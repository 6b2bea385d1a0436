// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/secret_once.mustache.

extension EmbeddedPages {
    static let template_secret_once = ##"""
{{! A secret that is never shown again: secret, label and note (words keys). }}
<section class="secret" aria-labelledby="secret-label">
<h2 id="secret-label">{{>*.label}}</h2>
<p>{{>*.note}}</p>
<div class="line">
<code id="secret" tabindex="0">{{.secret}}</code>
<button type="button" class="primary" data-copy="secret" data-done="{{> words.secret.copied}}" hidden>{{> words.secret.copy}}</button>
</div>
</section>

"""##
}
