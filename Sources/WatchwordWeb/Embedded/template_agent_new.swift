// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent-new.mustache.

extension EmbeddedPages {
    static let template_agent_new = ##"""
{{<layout}}
{{$lead}}<p class="lead">{{> words.agent_new.lead}}</p>{{/lead}}
{{$content}}
<div class="panel">
{{#form}}
{{> entry_form}}
{{/form}}
</div>
{{/content}}
{{/layout}}

"""##
}
