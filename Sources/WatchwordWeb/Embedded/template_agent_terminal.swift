// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/agent-terminal.mustache.

extension EmbeddedPages {
    static let template_agent_terminal = ##"""
{{! A terminal on an agent, in the browser. socket, parameter and ticket are addresses of it. }}
{{<layout}}
{{! So that a phone's keyboard covers nothing. }}
{{$viewport}}, interactive-widget=resizes-content{{/viewport}}
{{$scripts}}
<link rel="stylesheet" href="{{assets.screen}}">
<script src="{{assets.characters}}" defer></script>
<script src="{{assets.emulator}}" defer></script>
<script src="{{assets.keys}}" defer></script>
<script src="{{assets.keyrow}}" defer></script>
<script src="{{assets.view}}" defer></script>
<script src="{{assets.terminal}}" defer></script>
{{/scripts}}
{{$heading}}
{{> agent_heading}}
{{/heading}}
{{$content}}
{{> tabs}}
<noscript><p class="notice">{{> words.agent_terminal.script}}</p></noscript>
<div id="terminal" class="screen" role="group" aria-label="{{> words.agent_terminal.title}}" data-ticket="{{ticket}}" data-socket="{{socket}}" data-parameter="{{parameter}}" data-token="{{form_token}}">
<div data-stage><div data-rows></div><div data-cursor hidden></div><textarea aria-label="{{> words.agent_terminal.input}}" aria-describedby="terminal-way-out" autocapitalize="none" autocomplete="off" autocorrect="off" spellcheck="false" rows="1"></textarea></div>
<div data-probe aria-hidden="true">0000000000</div>
<div data-aloud class="unseen" aria-live="polite" hidden></div>
</div>
<div id="terminal-keys" class="key-row" role="group" aria-label="{{> words.agent_terminal.keys}}">
<button type="button" data-key="Escape">{{> words.agent_terminal.key_escape}}</button>
<button type="button" data-key="Tab">{{> words.agent_terminal.key_tab}}</button>
<button type="button" data-control aria-pressed="false">{{> words.agent_terminal.key_control}}</button>
<button type="button" data-key="ArrowLeft" data-repeats aria-label="{{> words.agent_terminal.key_left}}">←</button>
<button type="button" data-key="ArrowUp" data-repeats aria-label="{{> words.agent_terminal.key_up}}">↑</button>
<button type="button" data-key="ArrowDown" data-repeats aria-label="{{> words.agent_terminal.key_down}}">↓</button>
<button type="button" data-key="ArrowRight" data-repeats aria-label="{{> words.agent_terminal.key_right}}">→</button>
</div>
<div class="under-screen">
<span id="terminal-status" role="status"></span>
<span id="terminal-way-out">{{> words.agent_terminal.out}}</span>
<button type="button" id="terminal-aloud" aria-pressed="false" data-out>{{> words.agent_terminal.aloud}}</button>
<button type="button" id="terminal-again" class="primary" hidden>{{> words.agent_terminal.again}}</button>
</div>
<div id="terminal-words" hidden>
<span data-when="connecting">{{> words.agent_terminal.connecting}}</span>
<span data-when="open">{{> words.agent_terminal.open}}</span>
<span data-when="exit">{{> words.agent_terminal.exit}}</span>
<span data-when="lost">{{> words.agent_terminal.lost}}</span>
<span data-when="404">{{> words.agent_terminal.gone}}</span>
<span data-when="429">{{> words.agent_terminal.many}}</span>
<span data-when="1008">{{> words.agent_terminal.refused}}</span>
<span data-when="1011">{{> words.agent_terminal.fault}}</span>
<span data-when="1012">{{> words.agent_terminal.restart}}</span>
<span data-when="1013">{{> words.agent_terminal.many}}</span>
<span data-when="4001">{{> words.agent_terminal.signed_out}}</span>
<span data-when="4002">{{> words.agent_terminal.signed_out}}</span>
<span data-when="4004">{{> words.agent_terminal.signed_out}}</span>
<span data-when="4005">{{> words.agent_terminal.gone}}</span>
<span data-when="4007">{{> words.agent_terminal.offline}}</span>
<span data-when="4009">{{> words.agent_terminal.silent}}</span>
<span data-when="4010">{{> words.agent_terminal.closed}}</span>
<span data-when="4011">{{> words.agent_terminal.slow}}</span>
<span data-when="4012">{{> words.agent_terminal.not_started}}</span>
<span data-when="4013">{{> words.agent_terminal.given_up}}</span>
<span data-when="4014">{{> words.agent_terminal.unanswered}}</span>
<span data-when="4015">{{> words.agent_terminal.untaken}}</span>
</div>
{{/content}}
{{/layout}}

"""##
}
