// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent-connections.mustache.

extension EmbeddedPages {
    static let template_agent_connections = ##"""
{{<layout}}
{{$heading}}
{{> agent_heading}}
{{/heading}}
{{$content}}
{{> tabs}}
<p class="soft">{{> words.agent_connections.lead}}</p>
{{#first(connections)}}
{{<table}}
{{$table_caption}}{{> words.agent_tab.connections}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.agent_connections.who}}</th><th scope="col">{{> words.agent_connections.since}}</th><th scope="col">{{> words.agents.address}}</th><th scope="col"><span class="unseen">{{> words.agent_keys.actions}}</span></th>{{/table_head}}
{{$table_rows}}
{{#connections}}
<tr>
<td><strong>{{#.is_agent}}{{> words.agent_connections.agent}}{{/.is_agent}}{{^.is_agent}}{{> words.agent_connections.person}}{{/.is_agent}}</strong>{{#.key}}<small>{{> words.agent_connections.key}} {{.}}</small>{{/.key}}{{^.is_agent}}{{#.who}}<small>{{.}}</small>{{/.who}}{{/.is_agent}}{{#.client}}<small>{{.}}</small>{{/.client}}</td>
<td data-label="{{> words.agent_connections.since}}">{{#.since}}{{> time}}{{/.since}}</td>
<td data-label="{{> words.agents.address}}"><span class="mono">{{.address}}</span></td>
<td>
<form method="post" action="{{action}}">
{{> form_token}}
<input type="hidden" name="number" value="{{.number}}">
<button class="danger">{{> words.agent_connections.close}}</button>
</form>
</td>
</tr>
{{/connections}}
{{/table_rows}}
{{/table}}
{{/first(connections)}}
{{^connections}}
{{<empty}}
{{$empty_title}}{{> words.agent_connections.none}}{{/empty_title}}
{{$empty_text}}{{> words.agent_connections.none_text}}{{/empty_text}}
{{/empty}}
{{/connections}}
{{/content}}
{{/layout}}

"""##
}
