// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agents.mustache.

extension EmbeddedPages {
    static let template_agents = ##"""
{{<layout}}
{{$heading}}
<div class="bar">
<h1>{{> words.agents.title}}</h1>
{{#new}}<a class="button primary" href="{{.}}">{{> words.agent_new.title}}</a>{{/new}}
</div>
{{/heading}}
{{$content}}
{{#first(agents)}}
{{<table}}
{{$table_caption}}{{> words.agents.title}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.agent.name}}</th><th scope="col">{{> words.agents.status}}</th><th scope="col">{{> words.agents.seen}}</th><th scope="col">{{> words.agents.address}}</th><th scope="col">{{> words.agents.version}}</th>{{/table_head}}
{{$table_rows}}
{{#agents}}
<tr>
<td><a href="{{.href}}">{{.name}}</a>{{#.shared}} <span class="tag">{{> words.agents.shared}}</span>{{/.shared}}</td>
<td data-label="{{> words.agents.status}}">{{> agent_presence}}</td>
<td data-label="{{> words.agents.seen}}">{{#.online}}{{> words.agents.now}}{{/.online}}{{^.online}}{{#.seen}}{{> time}}{{/.seen}}{{^.seen}}<span class="soft">{{> words.agents.never}}</span>{{/.seen}}{{/.online}}</td>
<td data-label="{{> words.agents.address}}">{{#.address}}<span class="mono">{{.}}</span>{{/.address}}{{^.address}}<span class="soft">–</span>{{/.address}}</td>
<td data-label="{{> words.agents.version}}">{{#.version}}{{.}}{{/.version}}{{^.version}}<span class="soft">–</span>{{/.version}}</td>
</tr>
{{/agents}}
{{/table_rows}}
{{/table}}
{{/first(agents)}}
{{^agents}}
{{<empty}}
{{$empty_title}}{{> words.agents.none}}{{/empty_title}}
{{$empty_text}}{{#new}}{{> words.agents.none_new}}{{/new}}{{^new}}{{> words.agents.none_program}}{{/new}}{{/empty_text}}
{{/empty}}
{{/agents}}
<p class="actions turn">{{#newer}}<a class="button" href="{{.}}">{{> words.agents.newer}}</a>{{/newer}}{{#older}}<a class="button" href="{{.}}">{{> words.agents.older}}</a>{{/older}}</p>
{{^new}}
<section class="panel">
<h2>{{> words.agent_connect.title}}</h2>
{{> agent_connect}}
</section>
{{/new}}
{{/content}}
{{/layout}}

"""##
}
