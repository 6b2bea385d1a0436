// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent.mustache.

extension EmbeddedPages {
    static let template_agent = ##"""
{{<layout}}
{{$heading}}
{{> agent_heading}}
{{/heading}}
{{$content}}
{{> tabs}}
<section class="panel">
<h2>{{> words.agent.details}}</h2>
<dl>
<dt>{{> words.agent.id}}</dt><dd class="mono">{{agent.id}}</dd>
<dt>{{> words.agent.created}}</dt><dd>{{#agent.created}}{{> time}}{{/agent.created}}</dd>
{{#agent.since}}
<dt>{{> words.agent.since}}</dt><dd>{{> time}}</dd>
{{/agent.since}}
<dt>{{> words.agents.seen}}</dt><dd>{{#agent.online}}{{> words.agents.now}}{{/agent.online}}{{^agent.online}}{{#agent.seen}}{{> time}}{{/agent.seen}}{{^agent.seen}}{{> words.agents.never}}{{/agent.seen}}{{/agent.online}}</dd>
{{#agent.address}}
<dt>{{> words.agents.address}}</dt><dd class="mono">{{.}}</dd>
{{/agent.address}}
{{#agent.version}}
<dt>{{> words.agents.version}}</dt><dd>{{.}}</dd>
{{/agent.version}}
</dl>
</section>
{{^agent.shared}}
{{^agent.online}}
{{^agent.seen}}
<section class="panel">
<h2>{{> words.agent_connect.title}}</h2>
{{#connect.keys_here}}<p class="soft">{{> words.agent_connect.keys_here}}</p>{{/connect.keys_here}}
{{> agent_connect}}
</section>
{{/agent.seen}}
{{/agent.online}}
<section class="panel">
<h2>{{> words.agent.rename}}</h2>
{{#form}}
{{> entry_form}}
{{/form}}
</section>
<section class="panel">
<h2>{{> words.agent.remove}}</h2>
<p class="soft">{{> words.agent.remove_text}}</p>
{{#removal}}
{{> confirm}}
{{/removal}}
</section>
{{/agent.shared}}
{{/content}}
{{/layout}}

"""##
}
