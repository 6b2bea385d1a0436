// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent-keys.mustache.

extension EmbeddedPages {
    static let template_agent_keys = ##"""
{{! secret: the key just made, in this one answer. keys: those that are good. }}
{{<layout}}
{{$heading}}
{{> agent_heading}}
{{/heading}}
{{$content}}
{{> tabs}}
{{#secret}}
{{> secret_once}}
{{/secret}}
<section class="panel">
<h2>{{> words.agent_keys.create}}</h2>
<p class="soft">{{> words.agent_keys.lead}}</p>
<form method="post" action="{{action}}" class="row">
{{> form_token}}
<input type="hidden" name="do" value="create">
<div class="field">
<label for="f-name">{{> words.agent_keys.name}} <span class="optional">{{> words.field.optional}}</span></label>
<input id="f-name" name="name" type="text" maxlength="255" autocomplete="off" spellcheck="false">
</div>
<button class="primary">{{> words.agent_keys.create}}</button>
</form>
</section>
{{#first(keys)}}
{{<table}}
{{$table_caption}}{{> words.agent_tab.keys}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.agent_keys.name}}</th><th scope="col">{{> words.agent.created}}</th><th scope="col">{{> words.agent_keys.used}}</th><th scope="col"><span class="unseen">{{> words.agent_keys.actions}}</span></th>{{/table_head}}
{{$table_rows}}
{{#keys}}
<tr>
<td><strong>{{.label}}</strong>{{#.hint}}<small class="mono">{{.}}…</small>{{/.hint}}{{#.expires}}<small>{{> words.agent_keys.ends}} {{> time}}</small>{{/.expires}}</td>
<td data-label="{{> words.agent.created}}">{{#.created}}{{> time}}{{/.created}}</td>
<td data-label="{{> words.agent_keys.used}}">{{#.used}}{{> time}}{{/.used}}{{^.used}}<span class="soft">{{> words.agents.never}}</span>{{/.used}}</td>
<td>
<div class="actions">
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
{{^keys}}
{{<empty}}
{{$empty_title}}{{> words.agent_keys.none}}{{/empty_title}}
{{$empty_text}}{{> words.agent_keys.none_text}}{{/empty_text}}
{{/empty}}
{{/keys}}
{{#connect.socket}}
<section class="panel">
<h2>{{> words.agent_keys.use}}</h2>
{{> agent_connect}}
</section>
{{/connect.socket}}
{{/content}}
{{/layout}}

"""##
}
