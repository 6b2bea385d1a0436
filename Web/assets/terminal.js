// A terminal for the page of an agent: what a VT100 and the xterms after it understand, as far as shells, editors and
// pagers use it. Three parts: Screen takes bytes and keeps cells, View shows them as rows, Line is the socket.
"use strict";

// MARK: Characters

// What takes two cells (Unicode 15 East Asian Width W and F, and emoji), and what takes none: marks and joiners.
const WIDE = [
  0x1100, 0x115f, 0x231a, 0x231b, 0x2329, 0x232a, 0x23e9, 0x23ec, 0x23f0, 0x23f0, 0x23f3, 0x23f3, 0x25fd, 0x25fe,
  0x2614, 0x2615, 0x2648, 0x2653, 0x267f, 0x267f, 0x2693, 0x2693, 0x26a1, 0x26a1, 0x26aa, 0x26ab, 0x26bd, 0x26be,
  0x26c4, 0x26c5, 0x26ce, 0x26ce, 0x26d4, 0x26d4, 0x26ea, 0x26ea, 0x26f2, 0x26f3, 0x26f5, 0x26f5, 0x26fa, 0x26fa,
  0x26fd, 0x26fd, 0x2705, 0x2705, 0x270a, 0x270b, 0x2728, 0x2728, 0x274c, 0x274c, 0x274e, 0x274e, 0x2753, 0x2755,
  0x2757, 0x2757, 0x2795, 0x2797, 0x27b0, 0x27b0, 0x27bf, 0x27bf, 0x2b1b, 0x2b1c, 0x2b50, 0x2b50, 0x2b55, 0x2b55,
  0x2e80, 0x303e, 0x3041, 0x33ff, 0x3400, 0x4dbf, 0x4e00, 0xa4cf, 0xa960, 0xa97f, 0xac00, 0xd7a3, 0xf900, 0xfaff,
  0xfe10, 0xfe19, 0xfe30, 0xfe6f, 0xff00, 0xff60, 0xffe0, 0xffe6, 0x16fe0, 0x18cff, 0x1aff0, 0x1b2ff, 0x1f004, 0x1f004,
  0x1f0cf, 0x1f0cf, 0x1f18e, 0x1f18e, 0x1f191, 0x1f19a, 0x1f200, 0x1f320, 0x1f32d, 0x1f335, 0x1f337, 0x1f37c,
  0x1f37e, 0x1f393, 0x1f3a0, 0x1f3ca, 0x1f3cf, 0x1f3d3, 0x1f3e0, 0x1f3f0, 0x1f3f4, 0x1f3f4, 0x1f3f8, 0x1f43e,
  0x1f440, 0x1f440, 0x1f442, 0x1f4fc, 0x1f4ff, 0x1f53d, 0x1f54b, 0x1f54e, 0x1f550, 0x1f567, 0x1f57a, 0x1f57a,
  0x1f595, 0x1f596, 0x1f5a4, 0x1f5a4, 0x1f5fb, 0x1f64f, 0x1f680, 0x1f6c5, 0x1f6cc, 0x1f6cc, 0x1f6d0, 0x1f6d2,
  0x1f6d5, 0x1f6d7, 0x1f6dc, 0x1f6df, 0x1f6eb, 0x1f6ec, 0x1f6f4, 0x1f6fc, 0x1f7e0, 0x1f7eb, 0x1f7f0, 0x1f7f0,
  0x1f90c, 0x1f93a, 0x1f93c, 0x1f945, 0x1f947, 0x1f9ff, 0x1fa70, 0x1faff, 0x20000, 0x3fffd,
];
const MARK = /^[\p{Mn}\p{Me}\p{Cf}\u1160-\u11ff]$/u;

/// How many cells a code point takes: 0, 1 or 2.
const widthOf = (code) => {
  if (code < 0x300) return code === 0xad ? 1 : code < 0x20 || (code >= 0x7f && code < 0xa0) ? 0 : 1;
  if (code >= 0x1100) {
    let low = 0, high = WIDE.length / 2 - 1;
    while (low <= high) {
      const middle = (low + high) >> 1;
      if (code > WIDE[2 * middle + 1]) low = middle + 1;
      else if (code < WIDE[2 * middle]) high = middle - 1;
      else return 2;
    }
  }
  return MARK.test(String.fromCodePoint(code)) ? 0 : 1;
};

// DEC special graphics: what ` to ~ are while lines are drawn.
const LINES = "◆▒␉␌␍␊°±␤␋┘┐┌└┼⎺⎻─⎼⎽├┤┴┬│≤≥π≠£·";

// MARK: Styles

const BOLD = 1, DIM = 2, ITALIC = 4, UNDERLINE = 8, BLINK = 16, INVERSE = 32, HIDDEN = 64, STRIKE = 128;
const DEFAULT = -1, TRUE_COLOUR = 0x1000000;

/// Every style in use once, so that cells compare by number. A colour is DEFAULT, 0 to 255, or TRUE_COLOUR and its RGB.
const styles = [{ fg: DEFAULT, bg: DEFAULT, flags: 0 }];
const styleNumbers = new Map([[`${DEFAULT},${DEFAULT},0`, 0]]);
const styleOf = (fg, bg, flags) => {
  const key = `${fg},${bg},${flags}`;
  let number = styleNumbers.get(key);
  if (number === undefined) {
    // Whoever makes up colours without end gets plain text instead of our memory.
    if (styles.length >= 65_536) return 0;
    number = styles.push({ fg, bg, flags }) - 1;
    styleNumbers.set(key, number);
  }
  return number;
};

// MARK: The screen

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

// MARK: Keys

const CURSOR_KEYS = { ArrowUp: "A", ArrowDown: "B", ArrowRight: "C", ArrowLeft: "D", Home: "H", End: "F" };
const TILDE_KEYS = {
  Insert: 2, Delete: 3, PageUp: 5, PageDown: 6, F5: 15, F6: 17, F7: 18, F8: 19, F9: 20, F10: 21, F11: 23, F12: 24,
};
const FUNCTION_KEYS = { F1: "P", F2: "Q", F3: "R", F4: "S" };

/// What a key sends to the program; nothing for a key whose text the browser enters, or that is the browser's.
const sequenceOf = (event, screen) => {
  const { key, ctrlKey, altKey, shiftKey, metaKey } = event;
  if (metaKey || event.isComposing || event.getModifierState?.("AltGraph")) return null;
  const modifier = 1 + (shiftKey ? 1 : 0) + (altKey ? 2 : 0) + (ctrlKey ? 4 : 0);
  const meta = altKey ? "\x1b" : "";
  if (CURSOR_KEYS[key]) {
    if (modifier > 1) return `\x1b[1;${modifier}${CURSOR_KEYS[key]}`;
    return (screen.isCursorApplication ? "\x1bO" : "\x1b[") + CURSOR_KEYS[key];
  }
  if (FUNCTION_KEYS[key]) return modifier > 1 ? `\x1b[1;${modifier}${FUNCTION_KEYS[key]}` : "\x1bO" + FUNCTION_KEYS[key];
  // Shift and Insert is a paste, as everywhere.
  if (key === "Insert" && shiftKey) return null;
  if (TILDE_KEYS[key]) return modifier > 1 ? `\x1b[${TILDE_KEYS[key]};${modifier}~` : `\x1b[${TILDE_KEYS[key]}~`;
  switch (key) {
    case "Enter": return meta + "\r";
    case "Tab": return shiftKey ? "\x1b[Z" : meta + "\t";
    case "Backspace": return meta + (ctrlKey ? "\x08" : "\x7f");
    case "Escape": return meta + "\x1b";
  }
  if ([...key].length !== 1) return null;
  if (ctrlKey) {
    // Ctrl and Shift are the browser's: copy, paste, its tools.
    if (shiftKey && /^[a-z]$/i.test(key)) return null;
    const code = key.toUpperCase().charCodeAt(0);
    if (code >= 0x40 && code < 0x60) return meta + String.fromCharCode(code & 0x1f);
    const other = { " ": "\0", "/": "\x1f", "?": "\x7f", 2: "\0", 3: "\x1b", 4: "\x1c", 5: "\x1d", 6: "\x1e", 7: "\x1f", 8: "\x7f" };
    return other[key] === undefined ? null : meta + other[key];
  }
  // On a Mac, Option makes characters.
  if (altKey && !/Mac|iP/.test(navigator.platform)) return "\x1b" + key;
  return null;
};

/// A pasted text as a program takes it: it cannot end the paste, nor hide keys.
const pasteOf = (text, screen) => {
  const plain = text.replace(/\r?\n/g, "\r").replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]/g, "");
  return screen.isPasteBracketed ? `\x1b[200~${plain}\x1b[201~` : plain;
};

// MARK: The view

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
    this.frame = 0;
    this.heard = "";
    this.isWaiting = false;
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
    input.addEventListener("input", (event) => { if (!event.isComposing) this.typed(); });
    input.addEventListener("compositionstart", () => input.classList.add("composing"));
    input.addEventListener("compositionend", () => {
      input.classList.remove("composing");
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
    const text = sequenceOf(event, this.screen);
    if (text === null) return;
    event.preventDefault();
    this.enter(text);
  }

  typed() {
    const text = this.input.value.replace(/\n/g, "\r");
    this.input.value = "";
    if (text) this.enter(text);
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

// MARK: The line

/// The socket to the agent's program: a ticket, then bytes and control messages as `watchword.terminal.v1` has them.
class Line {
  constructor(place) {
    this.place = place;
    this.words = document.getElementById("terminal-words");
    this.status = document.getElementById("terminal-status");
    this.again = document.getElementById("terminal-again");
    this.screen = new Screen(80, 24, (text) => this.send(text), (text) => this.view.hear(text));
    this.view = new View(place, this.screen, (text) => this.send(text));
    this.again.addEventListener("click", () => { this.again.blur(); this.connect(); });
    const aloud = document.getElementById("terminal-aloud");
    aloud.addEventListener("click", () => {
      const isOn = this.view.aloud.hidden;
      this.view.aloud.hidden = !isOn;
      this.view.aloud.replaceChildren();
      aloud.setAttribute("aria-pressed", isOn);
    });
    new ResizeObserver(() => this.fit()).observe(place);
  }

  /// Tells what is: a text of the page's words, by its name or a close code.
  tell(name, fill = "") {
    const word = this.words.querySelector(`[data-when="${name}"]`) ?? this.words.querySelector('[data-when="lost"]');
    this.status.textContent = word.textContent.trim().replace("…", fill === "" ? "…" : fill);
  }

  fit() {
    const { columns, rows } = this.view.size();
    if (columns === this.screen.columns && rows === this.screen.rowCount) return;
    this.screen.resize(columns, rows);
    this.view.refresh();
    this.control({ type: "resize", cols: columns, rows });
  }

  control(message) { if (this.socket?.readyState === WebSocket.OPEN) this.socket.send(JSON.stringify(message)); }

  send(text) {
    if (this.socket?.readyState !== WebSocket.OPEN) return;
    const bytes = new TextEncoder().encode(text);
    for (let at = 0; at < bytes.length; at += 8192) this.socket.send(bytes.subarray(at, at + 8192));
  }

  async connect() {
    this.again.hidden = true;
    this.ended = null;
    this.tell("connecting");
    const { ticket: address, socket: path, parameter, token } = this.place.dataset;
    let ticket;
    try {
      const answer = await fetch(address, { method: "POST", body: new URLSearchParams({ form: token }) });
      // Signed out in the meantime: the page itself leads to sign-in.
      if (answer.redirected || answer.status === 401) return location.reload();
      if (!answer.ok) return this.over(String(answer.status));
      ticket = (await answer.json()).ticket;
    } catch {
      return this.over("lost");
    }
    const { columns, rows } = this.view.size();
    this.screen.reset();
    this.screen.resize(columns, rows);
    const url = new URL(path, location.href);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    url.searchParams.set(parameter, ticket);
    url.searchParams.set("cols", columns);
    url.searchParams.set("rows", rows);
    const socket = new WebSocket(url, "watchword.terminal.v1");
    socket.binaryType = "arraybuffer";
    socket.onmessage = ({ data }) => {
      if (typeof data === "string") return this.told(JSON.parse(data));
      this.screen.write(new Uint8Array(data));
      this.view.refresh();
    };
    socket.onclose = ({ code, reason }) => {
      if (this.socket !== socket) return;
      if (this.ended) this.over("exit", this.ended);
      else this.over(String(code), code === 4012 || code === 4013 ? reason : "");
    };
    this.socket = socket;
  }

  told(message) {
    if (message.type === "opened") {
      this.tell("open");
      this.place.dataset.state = "open";
      this.view.input.focus({ preventScroll: true });
    }
    if (message.type === "exit") this.ended = String(message.status);
  }

  over(name, fill = "") {
    this.place.dataset.state = "over";
    this.tell(name, fill);
    this.again.hidden = false;
    this.screen.showsCursor = false;
    this.view.refresh();
  }
}

const terminal = document.getElementById("terminal");
if (terminal) new Line(terminal).connect();
