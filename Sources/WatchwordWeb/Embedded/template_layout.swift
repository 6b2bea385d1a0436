// swift-format-ignore-file
// Made by scripts/embed-pages from Web/templates/layout.mustache.

extension EmbeddedPages {
    static let template_layout = ##"""
{{! Every page. Blocks: viewport, heading, lead, content, after (links below), scripts. }}
<!doctype html>
<html lang="{{language}}" dir="{{direction}}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1{{$viewport}}{{/viewport}}">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{{#first(errors)}}{{> words.errors.prefix}} {{/first(errors)}}{{>*title}} · {{site.name}}</title>
<link rel="icon" type="image/svg+xml" href="{{assets.icon}}">
<link rel="stylesheet" href="{{assets.style}}">
<link rel="stylesheet" href="{{assets.theme}}">
<script src="{{assets.pages}}" defer></script>
{{$scripts}}{{/scripts}}
</head>
<body class="{{#signed_in}}inside{{/signed_in}}{{^signed_in}}outside{{/signed_in}} page-{{page}}">
<a class="skip" href="#main">{{> words.layout.skip}}</a>
<header class="top">
<a class="brand" href="{{path}}">{{#site.logo}}<img src="{{.}}" alt="" height="28">{{/site.logo}}{{^site.logo}}<span class="mark"></span>{{/site.logo}}<span>{{site.name}}</span></a>
{{#signed_in}}
<div class="who">
<span class="name">{{account.name}}</span>
<form method="post" action="{{path}}/sign-out">
{{> form_token}}
<button class="quiet">{{> words.layout.sign_out}}</button>
</form>
</div>
{{/signed_in}}
</header>
<div class="body">
{{#signed_in}}
<nav class="side" aria-label="{{> words.layout.nav}}">
<ul>
{{#nav}}
<li><a href="{{.href}}"{{#.current}} aria-current="page"{{/.current}}>{{>*.label}}</a></li>
{{/nav}}
</ul>
</nav>
{{/signed_in}}
<main id="main" tabindex="-1">
{{> notice}}
<div class="sheet">
{{$heading}}<h1>{{>*title}}</h1>{{/heading}}
{{$lead}}{{/lead}}
{{> errors}}
{{$content}}{{/content}}
</div>
<div class="after">{{$after}}{{/after}}</div>
</main>
</div>
<footer class="foot">
{{#site.support}}<p>{{> words.layout.support}} <a href="{{site.support_href}}">{{site.support}}</a></p>{{/site.support}}
</footer>
<p id="live" class="unseen" role="status" aria-live="polite"></p>
</body>
</html>

"""##
}
