// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/time.mustache.

extension EmbeddedPages {
    static let template_time = ##"""
{{! A moment: iso and text, both UTC; the script shows it in the reader's zone. }}
<time datetime="{{.iso}}">{{.text}}</time>

"""##
}
