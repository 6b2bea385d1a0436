// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/table.mustache.

extension EmbeddedPages {
    static let template_table = ##"""
{{! A list. Blocks: table_caption, table_head (its th), table_rows (its tr; each td with data-label for phones). }}
<div class="scroll">
<table>
<caption class="unseen">{{$table_caption}}{{/table_caption}}</caption>
<thead><tr>{{$table_head}}{{/table_head}}</tr></thead>
<tbody>
{{$table_rows}}{{/table_rows}}
</tbody>
</table>
</div>

"""##
}
