// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/style.css.

extension EmbeddedPages {
    static let asset_style_css = ##"""
/* The look of all pages: one column for strangers, a side list for who is signed in.
   The site's theme.css, which comes after, sets --accent and --on-accent. */

:root {
  --accent: #1f6f5c;
  --on-accent: #fff;
  --ground: #f7f7f5;
  --sheet: #fff;
  --text: #1c1d20;
  --soft: #5b5e66;
  --line: #e5e5e1;
  --edge: #8b8e96;
  --hover: #efefec;
  --bad: #b3261e;
  --bad-ground: #fdf1f0;
  --good: #17704a;
  --good-ground: #eef7f2;
  --shadow: 0 1px 2px rgb(0 0 0 / 4%), 0 8px 28px rgb(0 0 0 / 5%);
  --ring: color-mix(in oklab, var(--accent) 65%, var(--text));
  --sans: Inter, system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
  --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", "Liberation Mono", monospace;
  color-scheme: light dark;
}

@media (prefers-color-scheme: dark) {
  :root {
    --ground: #121315;
    --sheet: #191a1d;
    --text: #ececef;
    --soft: #a3a6ae;
    --line: #2b2d32;
    --edge: #73767f;
    --hover: #232529;
    --bad: #ff8f85;
    --bad-ground: #2a1817;
    --good: #6fd3a3;
    --good-ground: #13241c;
    --shadow: none;
  }
}

*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0;
  min-height: 100vh;
  min-height: 100dvh;
  display: flex;
  flex-direction: column;
  background: var(--ground);
  color: var(--text);
  font: 1rem/1.55 var(--sans);
  -webkit-font-smoothing: antialiased;
  text-rendering: optimizeLegibility;
}
h1, h2, p, ul, dl, dd { margin: 0; }
ul { padding: 0; list-style: none; }
h1 { font-size: 1.5rem; line-height: 1.25; font-weight: 620; letter-spacing: -.018em; text-wrap: balance; overflow-wrap: anywhere; }
h2 { font-size: 1.0625rem; line-height: 1.35; font-weight: 600; letter-spacing: -.008em; }
p { text-wrap: pretty; }
code, pre { font: .875em/1.6 var(--mono); font-variant-ligatures: none; }
a { color: inherit; text-decoration-color: color-mix(in oklab, var(--accent) 60%, transparent); text-decoration-thickness: .09em; text-underline-offset: .2em; }
a:hover { text-decoration-color: currentcolor; }
:focus-visible { outline: 2px solid var(--ring); outline-offset: 2px; border-radius: 4px; }
main:focus, .errors:focus { outline: none; }
.unseen, .skip:not(:focus) { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip:focus { position: absolute; z-index: 9; top: .5rem; inset-inline-start: .5rem; padding: .5rem .875rem; background: var(--sheet); border-radius: 8px; }
.soft, .hint, .optional, .lead { color: var(--soft); }
.hint, .optional, .small { font-size: .875rem; line-height: 1.45; }
.optional { font-weight: 400; }
.mono { font-family: var(--mono); font-size: .875em; }
.lead { margin-top: .5rem; }
/* What is not in the page's language has a direction of its own, and code reads from left to right. */
time, dd, td strong, td > a, .who .name, .brand span { unicode-bidi: isolate; }
input { unicode-bidi: plaintext; }
code, pre, .mono { direction: ltr; unicode-bidi: isolate; }
[dir="rtl"] :is(dd, small).mono { text-align: right; }
/* Letters that are joined are not set closer. */
[dir="rtl"] :is(h1, h2, .brand) { letter-spacing: normal; }

/* The head */
.top { display: flex; align-items: center; justify-content: space-between; gap: 1rem; padding: .875rem max(1.5rem, 50% - 32.5rem); }
.brand { display: inline-flex; align-items: center; gap: .625rem; min-width: 0; font-weight: 620; letter-spacing: -.01em; text-decoration: none; }
.brand img { display: block; max-width: 10rem; }
.mark { flex: none; width: 1.625rem; height: 1.625rem; border-radius: 7px; background: var(--accent); display: grid; place-items: center; }
.mark::before { content: ""; width: .8125rem; height: 1rem; background: var(--on-accent); clip-path: polygon(50% 0, 74% 8%, 87% 27%, 83% 47%, 68% 59%, 80% 100%, 20% 100%, 32% 59%, 17% 47%, 13% 27%, 26% 8%); }
.who { display: flex; align-items: center; gap: .75rem; min-width: 0; color: var(--soft); font-size: .875rem; }
.who .name { overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.foot { margin-top: auto; padding: 1.5rem; color: var(--soft); font-size: .8125rem; text-align: center; }

/* Outside: one sheet in the middle */
.outside .top { justify-content: center; padding: clamp(2rem, 11vh, 6.5rem) 1.5rem 1.5rem; font-size: 1.125rem; }
.outside main { width: min(26rem, 100% - 2rem); margin: 0 auto; }
.outside .sheet { padding: 2rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 14px; box-shadow: var(--shadow); }
.outside .sheet > p:not(.lead) { margin-top: .75rem; }
.outside .sheet > p > .button { display: flex; min-height: 2.75rem; margin-top: 1.25rem; font-size: .9375rem; }
.outside .lead { font-size: .9375rem; }
.after { margin-top: 1.25rem; color: var(--soft); font-size: .9375rem; text-align: center; }
.after:empty { display: none; }
.after p + p { margin-top: .375rem; }

/* Inside: a list at the side */
.inside .top { border-bottom: 1px solid var(--line); background: var(--sheet); }
.inside .body { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 3rem; width: min(68rem, 100%); margin: 0 auto; padding: 2.25rem 1.5rem; }
.inside .after { text-align: start; }
.side a { display: block; padding: .4375rem .75rem; border-radius: 8px; color: var(--soft); font-size: .9375rem; text-decoration: none; }
.side li + li { margin-top: 2px; }
.side a:hover { background: var(--hover); color: var(--text); }
.side a[aria-current] { background: var(--hover); color: var(--text); font-weight: 560; }
.bar { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: .75rem 1rem; }
.panel { margin-top: 1.5rem; padding: 1.5rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
.panel > h2 + * { margin-top: .375rem; }
.panel > h2 + dl { margin-top: 1rem; }
.panel + .panel { margin-top: 1rem; }
.panel p { font-size: .9375rem; }
.panel pre + p, .panel p + p { margin-top: .875rem; }
.panel p + pre { margin-top: .5rem; }
.inside form.stack, .panel form.stack { max-width: 26rem; }
.tabs { display: flex; gap: 1.5rem; margin: 1.25rem 0 1.75rem; border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
.tabs a { padding: .5rem 0 .625rem; border-bottom: 2px solid transparent; margin-bottom: -1px; color: var(--soft); font-size: .9375rem; text-decoration: none; white-space: nowrap; }
.tabs a:hover { color: var(--text); }
.tabs a[aria-current] { color: var(--text); font-weight: 560; border-color: var(--ring); }
.tabs a:focus-visible { outline-offset: -2px; }

/* Forms */
.stack, .sheet > form { display: grid; gap: 1.125rem; margin-top: 1.5rem; }
.panel > .stack, .panel > form { margin-top: 1rem; }
.row { display: flex; flex-wrap: wrap; align-items: end; gap: .75rem; }
.row .field { flex: 1 1 14rem; max-width: 26rem; }
.row button { min-height: 2.75rem; }
.panel > :first-child { margin-top: 0; }
.turn, p + .actions, .panel p + .confirm { margin-top: 1rem; }
.field { display: grid; gap: .3125rem; min-width: 0; }
label, .label { font-size: .875rem; font-weight: 560; line-height: 1.4; }
.beside { display: flex; justify-content: space-between; align-items: baseline; gap: 1rem; font-size: .875rem; }
.field .error { color: var(--bad); font-size: .875rem; font-weight: 500; line-height: 1.45; }
.input { position: relative; }
input, select, textarea { width: 100%; min-height: 2.75rem; padding: .5625rem .75rem; border: 1px solid var(--edge); border-radius: 9px; background: var(--sheet); color: inherit; font: inherit; accent-color: var(--accent); }
input:hover { border-color: var(--soft); }
input:focus-visible, select:focus-visible, textarea:focus-visible { outline-offset: -1px; border-color: transparent; border-radius: 9px; }
input[readonly] { background: var(--hover); }
.check { display: flex; align-items: center; gap: .625rem; font-weight: 400; font-size: .9375rem; }
.check input { width: 1.125rem; height: 1.125rem; min-height: 0; flex: none; margin: 0; }
input::placeholder { color: var(--soft); opacity: 1; }
.bad input { border-color: var(--bad); }
.check { display: flex; align-items: center; gap: .5rem; font-weight: 450; }
.check input { width: 1.125rem; min-height: 1.125rem; margin: 0; }
.password input { padding-inline-end: 2.875rem; }
.password input::-ms-reveal { display: none; }
.reveal { position: absolute; inset-block: 2px; inset-inline: auto 2px; width: 2.5rem; display: grid; place-items: center; padding: 0; border: 0; background: none; color: var(--soft); cursor: pointer; }
.reveal:hover { color: var(--text); }
.reveal svg { fill: none; stroke: currentcolor; stroke-width: 1.6; stroke-linecap: round; stroke-linejoin: round; }
.reveal[aria-pressed="false"] .slash { display: none; }
button, .button { display: inline-flex; align-items: center; justify-content: center; gap: .5rem; min-height: 2.25rem; padding: .375rem .875rem; border: 1px solid var(--edge); border-radius: 9px; background: var(--sheet); color: var(--text); font: 550 .875rem/1.3 var(--sans); text-decoration: none; white-space: nowrap; cursor: pointer; }
button:hover, .button:hover { background: var(--hover); }
button:focus-visible, .button:focus-visible { border-radius: 9px; }
.primary { border-color: transparent; background: var(--accent); color: var(--on-accent); }
.primary:hover { background: var(--accent); filter: brightness(1.1); }
.stack > button, .sheet > form > button { min-height: 2.75rem; font-size: .9375rem; }
.inside .stack > button, .inside .sheet > form > button { justify-self: start; padding-inline: 1.125rem; }
button.danger { border-color: color-mix(in oklab, var(--bad) 55%, transparent); color: var(--bad); }
td .actions { justify-content: flex-end; }
button.danger:hover { background: var(--bad-ground); }
button.quiet { border-color: transparent; background: none; color: var(--text); }
button.quiet:hover { background: var(--hover); }
button[aria-disabled="true"] { opacity: .6; cursor: default; }
.actions { display: flex; flex-wrap: wrap; align-items: start; gap: .5rem; }

/* What has happened, and what is wrong */
.notice, .errors { padding: .75rem 1rem; border-radius: 10px; font-size: .9375rem; }
.notice { margin-bottom: 1rem; background: var(--good-ground); color: var(--good); border: 1px solid color-mix(in oklab, var(--good) 25%, transparent); }
.errors { margin-top: 1.25rem; background: var(--bad-ground); color: var(--bad); border: 1px solid color-mix(in oklab, var(--bad) 30%, transparent); }
.errors h2 { font-size: .9375rem; }
.errors li { margin-top: .25rem; }
.errors a { text-decoration-color: currentcolor; }

/* Lists */
.scroll { overflow-x: auto; margin-top: 1.25rem; background: var(--sheet); border: 1px solid var(--line); border-radius: 12px; }
table { width: 100%; border-collapse: collapse; font-size: .9375rem; }
th { padding: .625rem 1.125rem; color: var(--soft); font-size: .8125rem; font-weight: 500; text-align: start; white-space: nowrap; }
td { padding: .8125rem 1.125rem; border-top: 1px solid var(--line); overflow-wrap: break-word; }
td:first-child { min-width: 10rem; overflow-wrap: anywhere; }
tr:has([open]) td { vertical-align: top; }
td:last-child:has(button, summary) { text-align: end; }
td strong, td a { font-weight: 560; }
td small { display: block; color: var(--soft); font-size: .8125rem; }
dl { display: grid; grid-template-columns: minmax(7rem, 10rem) minmax(0, 1fr); gap: .625rem 1.25rem; font-size: .9375rem; }
dt { color: var(--soft); }
dd { overflow-wrap: anywhere; }
.empty { margin-top: 1.25rem; padding: 2.75rem 1.5rem; border: 1px dashed var(--line); border-radius: 12px; color: var(--soft); text-align: center; font-size: .9375rem; }
.empty .title { margin-bottom: .25rem; color: var(--text); font-weight: 560; }
.presence { display: inline-flex; align-items: center; gap: .4375rem; white-space: nowrap; }
.presence::before { content: ""; width: .5rem; height: .5rem; border-radius: 50%; border: 1.5px solid var(--edge); }
.presence.online::before { border-color: var(--good); background: var(--good); box-shadow: 0 0 0 3px color-mix(in oklab, var(--good) 18%, transparent); }
.tag { display: inline-block; padding: .0625rem .5rem; border: 1px solid var(--line); border-radius: 99px; color: var(--soft); font-size: .75rem; font-weight: 500; white-space: nowrap; }
meter { width: 100%; height: .625rem; }

/* Steps to think about */
summary { display: inline-flex; padding: .375rem .75rem; border: 1px solid var(--edge); border-radius: 9px; font: 550 .875rem/1.3 var(--sans); cursor: pointer; list-style: none; white-space: nowrap; }
summary::-webkit-details-marker { display: none; }
summary:hover, [open] > summary { background: var(--hover); }
summary:focus-visible { border-radius: 9px; }
.danger > summary { color: var(--bad); border-color: color-mix(in oklab, var(--bad) 55%, transparent); }
.confirm form { display: grid; gap: .75rem; justify-items: start; max-width: 24rem; margin-top: .75rem; text-align: start; white-space: normal; font-size: .875rem; }
td .confirm form { margin-inline-start: auto; }

/* A secret, shown once */
.secret { margin-top: 1.5rem; padding: 1.5rem; border: 1px solid color-mix(in oklab, var(--accent) 45%, var(--line)); border-radius: 12px; background: color-mix(in oklab, var(--accent) 6%, var(--sheet)); }
.secret p { margin-top: .25rem; color: var(--soft); font-size: .9375rem; }
.secret .line { display: flex; flex-wrap: wrap; gap: .625rem; margin-top: 1rem; }
.secret code, pre { padding: .625rem .875rem; border: 1px solid var(--line); border-radius: 9px; background: var(--sheet); overflow-wrap: anywhere; white-space: pre-wrap; }
.secret code { flex: 1 1 16rem; user-select: all; }
pre { margin: .75rem 0 0; background: var(--ground); }
.secret button { min-height: 2.625rem; }

@media (max-width: 46rem) {
  .top { padding: .75rem 1rem; }
  .who .name { display: none; }
  .outside .top { padding: 2rem 1rem 1.25rem; }
  .outside .sheet { padding: 1.5rem 1.25rem; }
  .inside .body { display: block; padding: 0 1rem 1.5rem; }
  .side { margin: 0 -1rem 1.5rem; padding: .5rem 1rem; border-bottom: 1px solid var(--line); overflow-x: auto; scrollbar-width: none; }
  .side ul { display: flex; gap: .25rem; }
  .side li + li { margin: 0; }
  .side a { white-space: nowrap; }
  .panel { padding: 1.25rem; }
  .inside .stack > button, .inside .sheet > form > button { justify-self: stretch; }
  td .actions { justify-content: flex-start; }
  td .actions [open] { flex: 1 0 100%; }
  thead { display: block; position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  table, tbody, tr, td { display: block; }
  tr { padding: .875rem 1rem; }
  tr + tr { border-top: 1px solid var(--line); }
  td { display: flex; flex-wrap: wrap; gap: .125rem 1rem; justify-content: space-between; padding: .1875rem 0; border: 0; }
  td[data-label]::before { content: attr(data-label); color: var(--soft); }
  td:last-child:has(button, summary) { padding-top: .625rem; text-align: start; }
  td .confirm form { margin-inline-start: 0; }
  dl { grid-template-columns: 1fr; gap: .125rem; }
  dd + dt { margin-top: .625rem; }
}

@media (prefers-reduced-motion: reduce) { * { transition: none !important; animation: none !important; } }
@media (forced-colors: active) { .presence.online::before { background: Highlight; } }

/* On paper: the secret and what it is of */
@media print {
  .top form, .side, .foot, .tabs, button, summary, .skip { display: none !important; }
  body, .secret, .secret code { background: none; color: #000; }
  .inside .body { display: block; }
}

"""##
}
