// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent_presence.mustache.

extension EmbeddedPages {
    static let template_agent_presence = ##"""
{{! Whether an agent is connected. }}
{{#.online}}<span class="presence online">{{> words.agents.online}}</span>{{/.online}}{{^.online}}<span class="presence">{{> words.agents.offline}}</span>{{/.online}}

"""##
}
