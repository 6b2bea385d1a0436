// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/sign-in.mustache.

extension EmbeddedPages {
    static let template_sign_in = ##"""
{{<layout}}
{{$content}}
{{#unverified}}
<form method="post" action="{{path}}/request-verification" class="stack">
{{> form_token}}
<input type="hidden" name="identity" value="{{.}}">
<p>{{> words.sign_in.unverified}}</p>
<button>{{> words.request_verification.button}}</button>
</form>
{{/unverified}}
{{#form}}
{{> entry_form}}
{{/form}}
{{/content}}
{{$after}}
<p><a href="{{path}}/forgot-password">{{> words.sign_in.forgot}}</a></p>
{{#sign_up}}
<p>{{> words.sign_in.new_here}} <a href="{{path}}/sign-up">{{> words.sign_up.title}}</a></p>
{{/sign_up}}
{{/after}}
{{/layout}}

"""##
}
