// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/view.js.

extension EmbeddedPages {
    static let asset_view_js = ##"""
// Shows a terminal's screen. Part of terminal.js.
"use strict";

const colour = (number) => {
  if (number < 16) return `var(--c${number})`;
  if (number & TRUE_COLOUR) return "#" + (number & 0xffffff).toString(16).padStart(6, "0");
  if (number >= 232) { const grey = 8 + (number - 232) * 10; return `rgb(${grey} ${grey} ${grey})`; }
  const level = (value) => (value ? value * 40 + 55 : 0);
  const index = number - 16;
  return `rgb(${level(Math.floor(index / 36))} ${level(Math.floor(index / 6) % 6)} ${level(index % 6)})`;
};

/// Shows a screen as rows of text in `place`, and takes what is typed there.
class View {
  constructor(place, screen, send) {
    this.place = place;
    this.screen = screen;
    this.send = send;
    this.rows = place.querySelector("[data-rows]");
    this.cursor = place.querySelector("[data-cursor]");
    this.input = place.querySelector("textarea");
    this.aloud = place.querySelector("[data-aloud]");
    this.probe = place.querySelector("[data-probe]");
    this.row = new KeyRow(document.getElementById("terminal-keys"), (event) => this.pressed(event));
    this.frame = 0;
    this.heard = "";
    this.isWaiting = false;
    this.isSpent = false;
    this.listen();
  }

  listen() {
    const { place, input, screen } = this;
    place.addEventListener("mouseup", () => { if (getSelection().isCollapsed) input.focus({ preventScroll: true }); });
    place.addEventListener("wheel", (event) => {
      if (!screen.isAlternate) return;
      // A pager has no scrollback: the wheel is its arrow keys.
      event.preventDefault();
      const key = event.deltaY < 0 ? "A" : "B";
      this.send(((screen.isCursorApplication ? "\x1bO" : "\x1b[") + key).repeat(3));
    }, { passive: false });
    input.addEventListener("focus", () => place.classList.add("active"));
    input.addEventListener("blur", () => place.classList.remove("active"));
    input.addEventListener("keydown", (event) => this.keyDown(event));
    input.addEventListener("input", (event) => {
      if (!event.isComposing) this.typed();
      else if (this.row.holdsControl) this.typedInWord();
    });
    input.addEventListener("compositionstart", () => {
      input.classList.add("composing");
      this.isSpent = false;
    });
    input.addEventListener("compositionend", () => {
      input.classList.remove("composing");
      if (this.isSpent) input.value = "";
      this.isSpent = false;
      this.typed();
    });
    input.addEventListener("paste", (event) => {
      event.preventDefault();
      this.enter(pasteOf(event.clipboardData.getData("text/plain"), screen));
    });
  }

  keyDown(event) {
    if (event.key === "F6" && event.shiftKey) {
      // The way out for who has no mouse, since Tab is the program's.
      event.preventDefault();
      document.querySelector("[data-out]").focus();
      return;
    }
    if (event.shiftKey && (event.key === "PageUp" || event.key === "PageDown")) {
      event.preventDefault();
      this.place.scrollBy(0, (event.key === "PageUp" ? -0.9 : 0.9) * this.place.clientHeight);
      return;
    }
    // With something selected it is a copy.
    if (event.ctrlKey && !event.shiftKey && event.key.toLowerCase() === "c" && !getSelection().isCollapsed) {
      navigator.clipboard?.writeText(String(getSelection()));
      getSelection().removeAllRanges();
      event.preventDefault();
      return;
    }
    if (this.pressed(this.row.holdsControl ? this.withControl(event) : event)) event.preventDefault();
  }

  /// Sends what a key does; whether it does anything here.
  pressed(event) {
    const text = sequenceOf(event, this.screen);
    if (text === null) return false;
    this.enter(text);
    return true;
  }

  /// A key with the Ctrl of the row. What phones' keyboards do not name comes as text, below; a Shift alone is none.
  withControl(event) {
    const { key, altKey, shiftKey, metaKey, isComposing } = event;
    if (isComposing || ["Unidentified", "Process", "Shift", "Control", "Alt", "Meta"].includes(key)) return event;
    return { key, altKey, shiftKey: shiftKey && key.length > 1, metaKey, ctrlKey: this.row.takeControl() };
  }

  typed() {
    const text = this.input.value.replace(/\n/g, "\r");
    this.input.value = "";
    if (!text) return;
    if (!this.row.takeControl()) return this.enter(text);
    const [first, ...rest] = text;
    this.enter((sequenceOf({ key: first, ctrlKey: true }, this.screen) ?? first) + rest.join(""));
  }

  /// With Ctrl held a letter is no beginning of a word, though phones' keyboards take it for one, and may yet write it.
  typedInWord() {
    this.input.classList.remove("composing");
    this.input.value = [...this.input.value].at(-1) ?? "";
    this.typed();
    this.isSpent = true;
  }

  enter(text) {
    this.place.scrollTop = this.place.scrollHeight;
    this.send(text);
  }

  /// How many cells there is room for.
  size() {
    const cell = this.probe.getBoundingClientRect();
    const style = getComputedStyle(this.place);
    const width = this.place.clientWidth - parseFloat(style.paddingLeft) - parseFloat(style.paddingRight);
    const height = this.place.clientHeight - parseFloat(style.paddingTop) - parseFloat(style.paddingBottom);
    return {
      columns: Math.max(2, Math.min(500, Math.floor(width / (cell.width / 10)))),
      rows: Math.max(2, Math.min(300, Math.floor(height / cell.height))),
    };
  }

  /// Shows the screen as it is at the next frame, however often it changes until then.
  refresh() {
    if (this.isWaiting) return;
    this.isWaiting = true;
    requestAnimationFrame(() => {
      this.isWaiting = false;
      this.show();
    });
  }

  show() {
    const { screen, rows, place } = this;
    const isAtEnd = place.scrollTop + place.clientHeight >= place.scrollHeight - 4;
    const wanted = screen.isAlternate ? screen.rows : screen.scrollback.concat(screen.rows);
    this.frame += 1;
    for (const row of wanted) row.frame = this.frame;
    let node = rows.firstChild;
    for (const row of wanted) {
      while (node && node.row.frame !== this.frame) {
        const next = node.nextSibling;
        node.remove();
        node = next;
      }
      if (!row.node) {
        row.node = document.createElement("div");
        row.node.row = row;
      }
      if (row.isDirty) this.draw(row);
      if (row.node === node) node = node.nextSibling;
      else rows.insertBefore(row.node, node);
    }
    while (node) {
      const next = node.nextSibling;
      node.remove();
      node = next;
    }
    rows.classList.toggle("reversed", screen.isReversed);
    this.cursor.hidden = !screen.showsCursor;
    const y = wanted.length - screen.rowCount + screen.y;
    for (const each of [this.cursor, this.input]) {
      each.style.transform = `translate(${screen.x}ch, calc(${y} * var(--row)))`;
    }
    if (isAtEnd) place.scrollTop = place.scrollHeight;
    this.speak();
  }

  draw(row) {
    row.isDirty = false;
    const parts = document.createDocumentFragment();
    let end = row.text.length;
    while (end > 0 && row.text[end - 1] === " " && row.style[end - 1] === 0) end -= 1;
    let run = "", style = 0;
    const flush = () => {
      if (run) parts.append(this.span(run, style));
      run = "";
    };
    for (let x = 0; x < end; x++) {
      const text = row.text[x];
      if (row.style[x] !== style) { flush(); style = row.style[x]; }
      const code = text.charCodeAt(0);
      const isWide = x + 1 < row.text.length && row.text[x + 1] === "";
      if (code < 0x300 && text.length === 1 || (code >= 0x2500 && code < 0x25a0 && !isWide)) { run += text; continue; }
      if (text === "") continue;
      // Other fonts have other widths: such a character has its cells to itself.
      flush();
      const span = this.span(text, style, true);
      span.classList.add(isWide ? "wide" : "cell");
      parts.append(span);
    }
    flush();
    row.node.replaceChildren(parts);
  }

  span(text, number, always = false) {
    if (number === 0 && !always) return document.createTextNode(text);
    const { fg, bg, flags } = styles[number];
    const span = document.createElement("span");
    span.textContent = text;
    let ink = fg, ground = bg;
    // Bold of the first eight colours is their bright one.
    if (flags & BOLD && ink >= 0 && ink < 8) ink += 8;
    const inkText = ink === DEFAULT ? "var(--ink)" : colour(ink);
    const groundText = ground === DEFAULT ? "var(--paper)" : colour(ground);
    const isInverse = flags & INVERSE;
    if (isInverse || ink !== DEFAULT) span.style.color = isInverse ? groundText : inkText;
    if (isInverse || ground !== DEFAULT) span.style.backgroundColor = isInverse ? inkText : groundText;
    const names = [[BOLD, "bold"], [DIM, "dim"], [ITALIC, "italic"], [UNDERLINE, "under"], [STRIKE, "strike"], [HIDDEN, "hush"]];
    for (const [flag, name] of names) if (flags & flag) span.classList.add(name);
    return span;
  }

  // MARK: Read aloud

  hear(text) { if (!this.aloud.hidden && this.heard.length < 4000) this.heard += text; }

  speak() {
    if (!this.heard) return;
    const line = document.createElement("div");
    line.textContent = this.heard.replace(/\n+/g, "\n").trim();
    this.heard = "";
    if (line.textContent) this.aloud.append(line);
    while (this.aloud.childNodes.length > 20) this.aloud.firstChild.remove();
  }
}

"""##
}
