// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/errors.mustache.

extension EmbeddedPages {
    static let template_errors = ##"""
{{! The summary of what is wrong, above a form: errors is a list of objects with field and text; a field's name leads to its input. }}
{{#first(errors)}}
<div class="errors" id="errors" role="alert" tabindex="-1" autofocus>
<h2>{{> words.errors.title}}</h2>
<ul>
{{#errors}}
<li>{{#.field}}<a href="#f-{{.}}">{{text}}</a>{{/.field}}{{^.field}}{{.text}}{{/.field}}</li>
{{/errors}}
</ul>
</div>
{{/first(errors)}}

"""##
}
