// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent_connect.mustache.

extension EmbeddedPages {
    static let template_agent_connect = ##"""
{{! How an agent's program comes online: program.command, or socket.url and socket.message. }}
{{#connect}}
{{#.program}}
<p class="soft">{{> words.agent_connect.program}} <a href="{{path}}/keys">{{> words.agent_connect.key}}</a></p>
<pre tabindex="0"><code>{{.command}}</code></pre>
{{/.program}}
{{#.socket}}
<p class="soft">{{> words.agent_connect.socket}}</p>
<pre tabindex="0"><code>{{.url}}</code></pre>
{{#.message}}
<p class="soft">{{> words.agent_connect.message}}</p>
<pre tabindex="0"><code>{{.}}</code></pre>
{{/.message}}
{{/.socket}}
{{/connect}}

"""##
}
