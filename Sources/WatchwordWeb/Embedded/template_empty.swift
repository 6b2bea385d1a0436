// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/empty.mustache.

extension EmbeddedPages {
    static let template_empty = ##"""
{{! Nothing here yet. Blocks: empty_title, empty_text. }}
<div class="empty">
<p class="title">{{$empty_title}}{{/empty_title}}</p>
<p>{{$empty_text}}{{/empty_text}}</p>
</div>

"""##
}
