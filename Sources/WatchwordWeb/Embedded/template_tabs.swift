// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/tabs.mustache.

extension EmbeddedPages {
    static let template_tabs = ##"""
{{! The parts of one thing: tabs is a list of objects with href, label and current. }}
<nav class="tabs" aria-label="{{> words.layout.tabs}}">
{{#tabs}}
<a href="{{.href}}"{{#.current}} aria-current="page"{{/.current}}>{{>*.label}}</a>
{{/tabs}}
</nav>

"""##
}
