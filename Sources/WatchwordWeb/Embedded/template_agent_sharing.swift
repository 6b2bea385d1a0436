// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent-sharing.mustache.

extension EmbeddedPages {
    static let template_agent_sharing = ##"""
{{<layout}}
{{$heading}}
{{> agent_heading}}
{{/heading}}
{{$content}}
{{> tabs}}
<section class="panel">
<h2>{{> words.agent_sharing.title_share}}</h2>
<p class="soft">{{> words.agent_sharing.lead}}</p>
{{#form}}
{{> entry_form}}
{{/form}}
</section>
{{#first(others)}}
{{<table}}
{{$table_caption}}{{> words.agent_tab.sharing}}{{/table_caption}}
{{$table_head}}<th scope="col">{{> words.agent_sharing.who}}</th><th scope="col"><span class="unseen">{{> words.agent_keys.actions}}</span></th>{{/table_head}}
{{$table_rows}}
{{#others}}
<tr>
<td><strong>{{.name}}</strong></td>
<td>
<form method="post" action="{{action}}">
{{> form_token}}
<input type="hidden" name="do" value="unshare">
<input type="hidden" name="account" value="{{.id}}">
<button class="danger">{{> words.agent_sharing.end}}</button>
</form>
</td>
</tr>
{{/others}}
{{/table_rows}}
{{/table}}
{{/first(others)}}
{{^others}}
{{<empty}}
{{$empty_title}}{{> words.agent_sharing.none}}{{/empty_title}}
{{$empty_text}}{{> words.agent_sharing.none_text}}{{/empty_text}}
{{/empty}}
{{/others}}
{{/content}}
{{/layout}}

"""##
}
