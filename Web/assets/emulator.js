// What a VT100 and the xterms after it understand, as far as shells, editors and pagers use it: Screen takes bytes and
// keeps cells. Part of terminal.js.
"use strict";

class Row {
  constructor(columns, style = 0) {
    this.text = new Array(columns).fill(" ");
    this.style = new Array(columns).fill(style);
    this.isDirty = true;
    this.node = null;
    this.frame = 0;
    /// Cells that the window is too narrow for.
    this.rest = null;
  }

  /// The text without the blanks at its end. The second cell of a wide character is empty.
  toString() { return this.text.join("").trimEnd(); }
}

const SCROLLBACK = 3000;
const LONGEST_STRING = 1 << 20;

/// The cells, the cursor and the modes, and what escape sequences do to them.
class Screen {
  /// `answer` sends to the program, `spoken` is told what is printed.
  constructor(columns, rows, answer = () => {}, spoken = () => {}) {
    this.columns = columns;
    this.rowCount = rows;
    this.answer = answer;
    this.spoken = spoken;
    this.scrollback = [];
    this.reset();
  }

  reset() {
    this.main = this.blankRows();
    this.alternate = this.blankRows();
    this.rows = this.main;
    this.saved = { main: null, alternate: null };
    this.decoder = new TextDecoder();
    this.state = "ground";
    this.last = 0;
    this.softReset();
    this.x = this.y = 0;
    this.resetTabs();
  }

  softReset() {
    this.style = 0;
    this.fg = this.bg = DEFAULT;
    this.flags = 0;
    this.top = 0;
    this.bottom = this.rowCount - 1;
    this.wrapsNext = false;
    this.charsets = ["B", "B"];
    this.shift = 0;
    this.isInserting = this.isOrigin = this.isKeypad = this.isCursorApplication = false;
    this.isPasteBracketed = this.isReversed = this.newLine = false;
    this.wraps = this.showsCursor = true;
  }

  get isAlternate() { return this.rows === this.alternate; }
  get row() { return this.rows[this.y]; }
  get blank() { return styleOf(DEFAULT, this.bg, 0); }
  blankRows() { return Array.from({ length: this.rowCount }, () => new Row(this.columns)); }
  resetTabs() { this.tabs = new Set(Array.from({ length: 128 }, (_, index) => index * 8)); }

  /// The screen's text, for tests and for those who copy.
  toString() { return this.rows.map(String).join("\n").trimEnd(); }

  resize(columns, rows) {
    if (columns === this.columns && rows === this.rowCount) return;
    const fit = (row) => {
      if (row.text.length > columns) {
        // What does not fit is kept until the window is wider again.
        const text = row.text.splice(columns), style = row.style.splice(columns);
        if (text[0] === "") row.text[columns - 1] = text[0] = " ";
        row.rest = { text: text.concat(row.rest?.text ?? []), style: style.concat(row.rest?.style ?? []) };
      } else if (row.rest) {
        const count = columns - row.text.length;
        row.text.push(...row.rest.text.splice(0, count));
        row.style.push(...row.rest.style.splice(0, count));
        if (row.rest.text[0] === "") row.text[row.text.length - 1] = row.rest.text[0] = " ";
      }
      while (row.text.length < columns) { row.text.push(" "); row.style.push(0); }
      row.isDirty = true;
    };
    const wasMain = !this.isAlternate;
    this.columns = columns;
    for (const row of this.main) fit(row);
    for (const row of this.alternate) fit(row);
    let moved = 0;
    while (this.main.length > rows) {
      // Blank rows below the cursor go first, then rows at the top into the scrollback.
      const isSpare = String(this.main.at(-1)) === "" && (!wasMain || this.y < this.main.length - 1);
      if (isSpare) this.main.pop();
      else { this.keep(this.main.shift()); moved -= 1; }
    }
    while (this.main.length < rows) {
      const older = this.scrollback.pop();
      if (older) { fit(older); this.main.unshift(older); moved += 1; } else this.main.push(new Row(columns));
    }
    while (this.alternate.length > rows) this.alternate.pop();
    while (this.alternate.length < rows) this.alternate.push(new Row(columns));
    this.rowCount = rows;
    this.top = 0;
    this.bottom = rows - 1;
    this.x = Math.min(this.x, columns - 1);
    this.y = Math.max(0, Math.min(rows - 1, this.y + (wasMain ? moved : 0)));
    this.wrapsNext = false;
  }

  keep(row) {
    this.scrollback.push(row);
    if (this.scrollback.length > SCROLLBACK * 1.25) this.scrollback.splice(0, this.scrollback.length - SCROLLBACK);
  }

  // MARK: Reading

  /// Takes bytes of the program, or text.
  write(data) {
    const text = typeof data === "string" ? data : this.decoder.decode(data, { stream: true });
    let index = 0;
    while (index < text.length) {
      if (this.state === "ground") {
        const start = index;
        let code = text.charCodeAt(index);
        while (code >= 0x20 && code < 0x7f) code = ++index < text.length ? text.charCodeAt(index) : 0;
        if (index > start) { this.printPlain(text, start, index); continue; }
      }
      const code = text.codePointAt(index);
      index += code > 0xffff ? 2 : 1;
      this.take(code);
    }
  }

  take(code) {
    // These work in the midst of a sequence too.
    if (code === 0x18 || code === 0x1a) { this.state = "ground"; return; }
    if (code === 0x1b) {
      this.state = "escape";
      this.marks = "";
      return;
    }
    switch (this.state) {
      case "ground":
        if (code < 0x20) this.control(code);
        else if (code >= 0x80 && code < 0xa0) this.controlAbove(code);
        else if (code !== 0x7f) this.print(code);
        return;
      case "escape": return this.escape(code);
      case "sequence": return this.sequence(code);
      case "string":
        // A title, a colour, a palette: passed over until its end. One that never ends is given up.
        if (code === 0x07 || code === 0x9c || ++this.length > LONGEST_STRING) this.state = "ground";
    }
  }

  control(code) {
    switch (code) {
      case 0x08: this.moveTo(this.x - 1, this.y, false); return;
      case 0x09: this.tab(1); return;
      case 0x0a: case 0x0b: case 0x0c:
        this.index();
        if (this.newLine) this.x = 0;
        this.spoken("\n");
        return;
      case 0x0d: this.x = 0; this.wrapsNext = false; return;
      case 0x0e: this.shift = 1; return;
      case 0x0f: this.shift = 0;
    }
  }

  /// The one-character forms of ESC and @ to _.
  controlAbove(code) {
    this.marks = "";
    this.escape(code - 0x40);
  }

  escape(code) {
    if (code < 0x20) return this.control(code);
    const character = String.fromCharCode(code);
    if (code < 0x30) { this.marks += character; return; }
    this.state = "ground";
    if (this.marks === "(" || this.marks === ")") {
      this.charsets[this.marks === "(" ? 0 : 1] = character;
      return;
    }
    if (this.marks === "#") {
      if (character === "8") this.fillWithE();
      return;
    }
    if (this.marks) return;
    switch (character) {
      case "[": this.state = "sequence"; this.parameters = ""; this.marks = ""; return;
      case "]": case "P": case "X": case "^": case "_": this.state = "string"; this.length = 0; return;
      case "7": this.save(); return;
      case "8": this.restore(); return;
      case "D": this.index(); return;
      case "E": this.index(); this.x = 0; return;
      case "M": this.reverseIndex(); return;
      case "H": this.tabs.add(this.x); return;
      case "=": this.isKeypad = true; return;
      case ">": this.isKeypad = false; return;
      case "Z": this.answer("\x1b[?62;22c"); return;
      case "c": this.scrollback = []; this.reset();
    }
  }

  sequence(code) {
    if (code < 0x20) return this.control(code);
    if (code >= 0x30 && code < 0x40) {
      if (this.parameters.length < 256) this.parameters += String.fromCharCode(code);
    } else if (code >= 0x20 && code < 0x30) {
      if (this.marks.length < 4) this.marks += String.fromCharCode(code);
    } else {
      this.state = "ground";
      if (code < 0x7f) this.command(String.fromCharCode(code));
    }
  }

  // MARK: Commands

  command(final) {
    const mark = /^[<=>?]/.test(this.parameters) ? this.parameters[0] : "";
    const texts = this.parameters.slice(mark.length).split(";");
    const number = (index, least) => Math.max(least, Math.min(Number.parseInt(texts[index], 10) || 0, 65_535));
    const n = number(0, 1);
    if (this.marks === "!" && final === "p") return this.softReset();
    if (this.marks === "$" && final === "p") return this.answer(`\x1b[${mark}${number(0, 0)};0$y`);
    if (this.marks) return;
    if (mark === "?" && (final === "h" || final === "l")) {
      for (const text of texts) this.setPrivate(Number.parseInt(text, 10), final === "h");
      return;
    }
    if (mark === ">" && final === "c") return this.answer("\x1b[>0;10;0c");
    if (mark === "?" && final === "n") {
      if (number(0, 0) === 6) this.tellCursor("?");
      return;
    }
    if (mark && !"JK".includes(final)) return;
    switch (final) {
      case "@": return this.shiftCells(n);
      case "A": return this.moveTo(this.x, Math.max(this.y - n, this.y >= this.top ? this.top : 0), false);
      case "B": case "e":
        return this.moveTo(this.x, Math.min(this.y + n, this.y <= this.bottom ? this.bottom : this.rowCount - 1), false);
      case "C": case "a": return this.moveTo(this.x + n, this.y, false);
      case "D": return this.moveTo(this.x - n, this.y, false);
      case "E": return this.moveTo(0, Math.min(this.y + n, this.bottom), false);
      case "F": return this.moveTo(0, Math.max(this.y - n, this.top), false);
      case "G": case "`": return this.moveTo(n - 1, this.y, false);
      case "H": case "f": return this.moveTo(number(1, 1) - 1, n - 1);
      case "I": return this.tab(n);
      case "J": return this.eraseScreen(number(0, 0));
      case "K": return this.eraseRow(number(0, 0));
      case "L": return this.insertRows(n);
      case "M": return this.deleteRows(n);
      case "P": return this.shiftCells(-n);
      case "S": return this.scroll(n);
      case "T": return this.scroll(-n);
      case "X": return this.erase(this.row, this.x, this.x + n);
      case "Z": return this.tab(-n);
      case "b":
        for (let left = Math.min(n, this.columns * this.rowCount); left > 0 && this.last; left--) this.print(this.last);
        return;
      case "c": if (number(0, 0) === 0) this.answer("\x1b[?62;22c"); return;
      case "d": return this.moveTo(this.x, n - 1);
      case "g":
        if (number(0, 0) === 0) this.tabs.delete(this.x);
        else if (number(0, 0) === 3) this.tabs.clear();
        return;
      case "h": case "l":
        for (const text of texts) {
          if (text === "4") this.isInserting = final === "h";
          if (text === "20") this.newLine = final === "h";
        }
        return;
      case "m": return this.setStyle(texts);
      case "n":
        if (number(0, 0) === 5) this.answer("\x1b[0n");
        if (number(0, 0) === 6) this.tellCursor("");
        return;
      case "r": {
        const bottom = Math.min(number(1, 0) || this.rowCount, this.rowCount) - 1;
        if (n - 1 < bottom) { this.top = n - 1; this.bottom = bottom; this.moveTo(0, 0); }
        return;
      }
      case "s": return this.save();
      case "t": if (n === 18) this.answer(`\x1b[8;${this.rowCount};${this.columns}t`); return;
      case "u": return this.restore();
    }
  }

  tellCursor(mark) {
    this.answer(`\x1b[${mark}${this.y + 1 - (this.isOrigin ? this.top : 0)};${this.x + 1}R`);
  }

  setPrivate(mode, isOn) {
    switch (mode) {
      case 1: this.isCursorApplication = isOn; return;
      case 5:
        this.isReversed = isOn;
        for (const row of this.rows) row.isDirty = true;
        return;
      case 6: this.isOrigin = isOn; this.moveTo(0, 0); return;
      case 7: this.wraps = isOn; return;
      case 25: this.showsCursor = isOn; return;
      case 47: case 1047: return this.useAlternate(isOn, mode === 1047);
      case 1048: return isOn ? this.save() : this.restore();
      case 1049:
        if (isOn && !this.isAlternate) this.save();
        this.useAlternate(isOn, true);
        if (!isOn) this.restore();
        return;
      case 2004: this.isPasteBracketed = isOn;
    }
  }

  useAlternate(isOn, clears) {
    if (isOn === this.isAlternate) return;
    this.rows = isOn ? this.alternate : this.main;
    if (clears && isOn) for (const row of this.rows) this.erase(row, 0, this.columns);
    this.wrapsNext = false;
  }

  save() {
    const { x, y, fg, bg, flags, shift, isOrigin, wrapsNext } = this;
    this.saved[this.isAlternate ? "alternate" : "main"] =
      { x, y, fg, bg, flags, shift, isOrigin, wrapsNext, charsets: [...this.charsets] };
  }

  restore() {
    const saved = this.saved[this.isAlternate ? "alternate" : "main"];
    if (!saved) return this.moveTo(0, 0);
    Object.assign(this, saved, { charsets: [...saved.charsets] });
    this.x = Math.min(this.x, this.columns - 1);
    this.y = Math.min(this.y, this.rowCount - 1);
    this.style = styleOf(this.fg, this.bg, this.flags);
  }

  /// Select Graphic Rendition (ECMA-48 section 8.3.117, ITU-T T.416 for colours).
  setStyle(texts) {
    for (let index = 0; index < texts.length; index++) {
      const parts = texts[index].split(":");
      const code = Number.parseInt(parts[0], 10) || 0;
      if (code === 38 || code === 48 || code === 58) {
        let colour;
        if (parts.length > 1) {
          // 38:2:r:g:b, and 38:2:space:r:g:b
          colour = colourOf(Number(parts[1]), parts.length > 5 ? parts.slice(3) : parts.slice(2));
        } else {
          const kind = Number(texts[index + 1]);
          colour = colourOf(kind, texts.slice(index + 2, index + 5));
          index += kind === 2 ? 4 : kind === 5 ? 2 : 1;
        }
        if (colour !== undefined && code === 38) this.fg = colour;
        if (colour !== undefined && code === 48) this.bg = colour;
      } else if (code === 0) { this.fg = this.bg = DEFAULT; this.flags = 0; }
      else if (code === 4) this.flags = parts[1] === "0" ? this.flags & ~UNDERLINE : this.flags | UNDERLINE;
      else if (code === 21) this.flags |= UNDERLINE;
      else if (code < 10) this.flags |= [0, BOLD, DIM, ITALIC, UNDERLINE, BLINK, BLINK, INVERSE, HIDDEN, STRIKE][code];
      else if (code === 22) this.flags &= ~(BOLD | DIM);
      else if (code >= 23 && code < 30) {
        this.flags &= ~([ITALIC, UNDERLINE, BLINK, 0, INVERSE, HIDDEN, STRIKE][code - 23]);
      } else if (code >= 30 && code < 38) this.fg = code - 30;
      else if (code === 39) this.fg = DEFAULT;
      else if (code >= 40 && code < 48) this.bg = code - 40;
      else if (code === 49) this.bg = DEFAULT;
      else if (code >= 90 && code < 98) this.fg = code - 82;
      else if (code >= 100 && code < 108) this.bg = code - 92;
    }
    this.style = styleOf(this.fg, this.bg, this.flags);
  }

  // MARK: Moving and changing cells

  /// Puts the cursor there, within the screen; a row counts from the region's top where `mayBeOrigin` and the mode say so.
  moveTo(x, y, mayBeOrigin = true) {
    const isOrigin = mayBeOrigin && this.isOrigin;
    const least = isOrigin ? this.top : 0, most = isOrigin ? this.bottom : this.rowCount - 1;
    this.x = Math.max(0, Math.min(x, this.columns - 1));
    this.y = Math.max(least, Math.min(y + least, most));
    this.wrapsNext = false;
  }

  tab(count) {
    const step = Math.sign(count);
    for (let left = Math.min(Math.abs(count), this.columns); left > 0; left--) {
      do this.x += step; while (this.x > 0 && this.x < this.columns - 1 && !this.tabs.has(this.x));
      this.x = Math.max(0, Math.min(this.x, this.columns - 1));
    }
    this.wrapsNext = false;
  }

  index() {
    this.wrapsNext = false;
    if (this.y === this.bottom) this.scroll(1);
    else if (this.y < this.rowCount - 1) this.y += 1;
  }

  reverseIndex() {
    this.wrapsNext = false;
    if (this.y === this.top) this.scroll(-1);
    else if (this.y > 0) this.y -= 1;
  }

  /// Moves the region up, or down where the count is negative. What leaves the top of the main screen is kept.
  scroll(count) { this.shiftRows(this.top, count, this.top === 0 && !this.isAlternate); }

  shiftRows(top, count, keeps) {
    const blank = this.blank;
    for (let left = Math.min(Math.abs(count), this.bottom - top + 1); left > 0; left--) {
      const [row] = this.rows.splice(count > 0 ? top : this.bottom, 1);
      if (count > 0 && keeps) this.keep(row);
      this.rows.splice(count > 0 ? this.bottom : top, 0, new Row(this.columns, blank));
    }
  }

  insertRows(count) { this.changeRows(-count); }
  deleteRows(count) { this.changeRows(count); }
  changeRows(count) {
    if (this.y < this.top || this.y > this.bottom) return;
    this.shiftRows(this.y, count, false);
    this.x = 0;
    this.wrapsNext = false;
  }

  /// Opens a gap at the cursor, or closes one where the count is negative.
  shiftCells(count) {
    const row = this.row, size = Math.min(Math.abs(count), this.columns - this.x);
    const style = this.blank;
    const at = count > 0 ? this.columns - size : this.x, to = count > 0 ? this.x : this.columns - size;
    this.mend(row, this.x);
    for (let left = size; left > 0; left--) {
      row.text.splice(at, 1);
      row.style.splice(at, 1);
      row.text.splice(to, 0, " ");
      row.style.splice(to, 0, style);
    }
    this.mend(row, this.columns);
    row.isDirty = true;
    this.wrapsNext = false;
  }

  eraseScreen(kind) {
    if (kind === 3) { this.scrollback = []; return; }
    if (kind === 0) this.eraseRow(0);
    if (kind === 1) this.eraseRow(1);
    const from = kind === 0 ? this.y + 1 : 0, to = kind === 1 ? this.y : this.rowCount;
    for (let y = from; y < to; y++) this.erase(this.rows[y], 0, this.columns);
  }

  eraseRow(kind) {
    this.erase(this.row, kind === 0 ? this.x : 0, kind === 1 ? this.x + 1 : this.columns);
    this.wrapsNext = false;
  }

  erase(row, from, to) {
    to = Math.min(to, this.columns);
    this.mend(row, from);
    this.mend(row, to);
    row.text.fill(" ", from, to);
    row.style.fill(this.blank, from, to);
    if (to === this.columns) row.rest = null;
    row.isDirty = true;
  }

  /// Where a wide character stands across `x`, blanks stand after.
  mend(row, x) {
    if (x > 0 && x < this.columns && row.text[x] === "") row.text[x] = row.text[x - 1] = " ";
    else if (x === this.columns && widthOf(row.text[x - 1].codePointAt(0) ?? 0x20) === 2) row.text[x - 1] = " ";
  }

  fillWithE() {
    for (const row of this.rows) { row.text.fill("E"); row.style.fill(0); row.isDirty = true; }
    this.moveTo(0, 0);
  }

  // MARK: Printing

  /// Printable ASCII of `text`, the most of what there is.
  printPlain(text, start, end) {
    if (this.charsets[this.shift] === "0" || this.isInserting) {
      for (let index = start; index < end; index++) this.print(text.charCodeAt(index));
      return;
    }
    let at = start;
    while (at < end) {
      if (this.wrapsNext) this.wrap();
      const row = this.row;
      const count = Math.min(end - at, this.columns - this.x);
      this.mend(row, this.x);
      if (this.x + count < this.columns) this.mend(row, this.x + count);
      for (let left = 0; left < count; left++) {
        row.text[this.x + left] = text[at + left];
        row.style[this.x + left] = this.style;
      }
      row.isDirty = true;
      at += count;
      this.advance(count);
      if (!this.wraps && this.x === this.columns - 1 && at < end) at = end - 1;
    }
    this.last = text.charCodeAt(end - 1);
    this.spoken(text.slice(start, end));
  }

  print(code) {
    let text = String.fromCodePoint(code);
    if (code >= 0x60 && code < 0x7f && this.charsets[this.shift] === "0") text = LINES[code - 0x60];
    const width = widthOf(code);
    if (width === 0) return this.combine(text);
    if (this.wrapsNext) this.wrap();
    if (width === 2 && this.x === this.columns - 1) {
      if (!this.wraps || this.columns < 2) return;
      this.erase(this.row, this.x, this.columns);
      this.wrap();
    }
    if (this.isInserting) this.shiftCells(width);
    const row = this.row;
    this.mend(row, this.x);
    if (this.x + width < this.columns) this.mend(row, this.x + width);
    row.text[this.x] = text;
    row.style[this.x] = this.style;
    if (width === 2) { row.text[this.x + 1] = ""; row.style[this.x + 1] = this.style; }
    row.isDirty = true;
    this.last = code;
    this.advance(width);
    this.spoken(text);
  }

  /// A mark joins the character before it; of too many the rest are dropped.
  combine(text) {
    const row = this.row;
    let at = this.wrapsNext ? this.x : this.x - 1;
    if (at >= 0 && row.text[at] === "") at -= 1;
    if (at < 0 || row.text[at].length > 32) return;
    row.text[at] += text;
    row.isDirty = true;
  }

  advance(width) {
    this.x += width;
    if (this.x < this.columns) return;
    this.x = this.columns - 1;
    this.wrapsNext = this.wraps;
  }

  wrap() {
    this.index();
    this.x = 0;
  }
}

const colourOf = (kind, parts) => {
  const byte = (text) => Math.max(0, Math.min(Number.parseInt(text, 10) || 0, 255));
  if (kind === 5) return byte(parts[0]);
  if (kind === 2) return TRUE_COLOUR | (byte(parts[0]) << 16) | (byte(parts[1]) << 8) | byte(parts[2]);
  return undefined;
};
