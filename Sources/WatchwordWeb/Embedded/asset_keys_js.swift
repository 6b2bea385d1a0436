// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/keys.js.

extension EmbeddedPages {
    static let asset_keys_js = ##"""
// What keys and pastes send to a terminal. Part of terminal.js.
"use strict";

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

"""##
}
