// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/sessions.mustache.

extension EmbeddedPages {
    static let template_sessions = ##"""
{{<layout}}
{{$lead}}
<p class="lead">{{> words.sessions.lead}}</p>
{{/lead}}
{{$content}}
{{<table}}
{{$table_caption}}{{> words.sessions.title}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.sessions.device}}</th><th scope="col">{{> words.sessions.address}}</th><th scope="col">{{> words.sessions.since}}</th><th scope="col"><span class="unseen">{{> words.sessions.action}}</span></th>{{/table_head}}
{{$table_rows}}
{{#sessions}}
<tr>
<td data-label="{{> words.sessions.device}}"><span><strong>{{.device}}</strong>{{#.current}} <span class="tag">{{> words.sessions.current}}</span>{{/.current}}</span></td>
<td data-label="{{> words.sessions.address}}">{{.address}}</td>
<td data-label="{{> words.sessions.since}}">{{#.created}}{{> time}}{{/.created}}</td>
<td>{{^.current}}<form method="post" action="{{path}}/sessions">
{{> form_token}}
<input type="hidden" name="id" value="{{.id}}">
<button class="danger">{{> words.sessions.end}}<span class="unseen">: {{.device}}</span></button>
</form>{{/.current}}</td>
</tr>
{{/sessions}}
{{/table_rows}}
{{/table}}
{{#others}}
<section class="panel">
<h2>{{> words.sessions.others}}</h2>
<p>{{> words.sessions.others_text}}</p>
<form method="post" action="{{path}}/sessions" class="stack">
{{> form_token}}
<button class="danger">{{> words.sessions.end_others}}</button>
</form>
</section>
{{/others}}
{{/content}}
{{/layout}}

"""##
}
