// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent_heading.mustache.

extension EmbeddedPages {
    static let template_agent_heading = ##"""
{{! The head of an agent's pages. }}
<div class="bar">
<h1>{{agent.name}}</h1>
<span class="small">{{#agent.shared}}<span class="tag">{{> words.agents.shared}}</span> {{/agent.shared}}{{#agent}}{{> agent_presence}}{{/agent}}</span>
</div>

"""##
}
