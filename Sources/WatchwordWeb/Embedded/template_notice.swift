// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/notice.mustache.

extension EmbeddedPages {
    static let template_notice = ##"""
{{! What has just been done: done is a words key. }}
{{#done}}
<p class="notice" role="status">{{>*.}}</p>
{{/done}}

"""##
}
