// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/screen.css.

extension EmbeddedPages {
    static let asset_screen_css = ##"""
/* The terminal's page: as wide and as high as there is room, always dark, since programs choose their colours for that. */

.page-agent-terminal .body { width: min(96rem, 100%); grid-template-columns: minmax(0, 1fr); padding-block: 1.25rem 1rem; }
.page-agent-terminal .top { padding-inline: max(1.5rem, 50% - 46.5rem); }
.page-agent-terminal .side { display: none; }
.page-agent-terminal .tabs { margin: .75rem 0 1rem; }
.page-agent-terminal .foot { display: none; }
.screen {
  --row: 18px;
  --beside: 16.5rem;
  --keys: 0rem;
  --ink: #d7d9dd;
  --paper: #131518;
  --c0: #3a3f47; --c1: #f2777a; --c2: #8fc98b; --c3: #e3c078; --c4: #7fa8f0; --c5: #cf9be0; --c6: #70c4c6; --c7: #c9ccd2;
  --c8: #7c838f; --c9: #ff9a98; --c10: #aee5a8; --c11: #f7d899; --c12: #a3c3ff; --c13: #e5b8f3; --c14: #94e1e2; --c15: #fff;
  position: relative;
  height: max(16rem, 100dvh - var(--beside) - var(--keys));
  padding: .75rem .875rem;
  overflow: hidden auto;
  border-radius: 12px;
  border: 1px solid #000;
  background: var(--paper);
  color: var(--ink);
  color-scheme: dark;
  direction: ltr;
  font: 14px/18px var(--mono);
  font-variant-ligatures: none;
  cursor: text;
}
.screen.active { outline: 2px solid var(--ring); outline-offset: 2px; }
.screen [data-stage] { position: relative; }
.screen [data-rows] { white-space: pre; }
.screen [data-rows] > div { height: var(--row); }
.screen [data-rows] span { display: inline-block; height: var(--row); vertical-align: top; }
.screen .reversed { filter: invert(1); background: var(--paper); }
.screen .cell, .screen .wide { width: 1ch; overflow: hidden; text-align: center; }
.screen .wide { width: 2ch; }
.screen .bold { font-weight: 700; }
.screen .dim { opacity: .6; }
.screen .italic { font-style: italic; }
.screen .under { text-decoration: underline; }
.screen .strike { text-decoration: line-through; }
.screen .under.strike { text-decoration: underline line-through; }
.screen .hush { visibility: hidden; }
.screen [data-cursor], .screen textarea { position: absolute; top: 0; left: 0; width: 1ch; height: var(--row); font: inherit; }
.screen [data-cursor] { border: 1px solid var(--ink); pointer-events: none; }
.screen.active [data-cursor] { border: 0; background: #fff; mix-blend-mode: difference; }
.screen textarea { min-height: 0; padding: 0; border: 0; outline: 0; resize: none; overflow: hidden; background: var(--paper); color: var(--ink); opacity: 0; pointer-events: none; }
/* What is being composed is shown until it is sent. */
.screen textarea.composing { width: 12ch; opacity: 1; }
.screen [data-probe] { position: absolute; visibility: hidden; white-space: pre; }
/* For phones, whose keyboards lack these: the last line on the screen, however far the page is scrolled. */
.key-row { display: none; }
.under-screen { display: flex; flex-wrap: wrap; align-items: center; gap: .5rem 1rem; margin-top: .75rem; min-height: 2.25rem; font-size: .875rem; color: var(--soft); }
.under-screen [role="status"] { color: var(--text); margin-inline-end: auto; }
.under-screen button[aria-pressed="true"] { background: var(--hover); }

@media (max-width: 46rem) {
  .page-agent-terminal .body { padding-inline: .75rem; }
  .page-agent-terminal .top { padding-inline: 1rem; }
  .screen { --row: 16px; --beside: 20rem; padding: .5rem; font-size: 12px; line-height: 16px; border-radius: 8px; }
}

@media (pointer: coarse) {
  .key-row { position: sticky; bottom: 0; z-index: 1; display: flex; gap: .25rem; margin-top: .25rem; padding-block: .5rem; background: var(--ground); direction: ltr; }
  .key-row button { flex: 1 1 0; min-width: 0; min-height: 2.75rem; padding: 0; user-select: none; -webkit-user-select: none; -webkit-touch-callout: none; touch-action: manipulation; }
  .key-row button[aria-pressed="true"] { border-color: transparent; background: var(--accent); color: var(--on-accent); }
  .screen { --keys: 4rem; }
  :root:has(.key-row) { scroll-padding-bottom: 4rem; }
}

"""##
}
