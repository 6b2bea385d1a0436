// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/keyrow.js.

extension EmbeddedPages {
    static let asset_keyrow_js = ##"""
// The row of keys that a phone's keyboard does not have. Part of terminal.js.
"use strict";

/// Keys to tap; `press` is given each as an event of a keyboard has it. Ctrl waits for the next key, of the row or not.
class KeyRow {
  constructor(place, press) {
    this.place = place;
    this.press = press;
    this.control = place.querySelector("[data-control]");
    // What has the focus keeps it, and with it the phone's keyboard stays as it is.
    place.addEventListener("pointerdown", (event) => event.preventDefault());
    place.addEventListener("mousedown", (event) => event.preventDefault());
    place.addEventListener("contextmenu", (event) => event.preventDefault());
    this.control.addEventListener("click", () => this.hold(!this.holdsControl));
    for (const button of place.querySelectorAll("[data-key]")) this.add(button);
    visualViewport?.addEventListener("resize", () => this.lift());
    visualViewport?.addEventListener("scroll", () => this.lift());
  }

  get holdsControl() { return this.control.getAttribute("aria-pressed") === "true"; }

  hold(isHeld) { this.control.setAttribute("aria-pressed", isHeld); }

  add(button) {
    const send = () => this.press({ key: button.dataset.key, ctrlKey: this.takeControl() });
    button.addEventListener("click", send);
    if (button.dataset.repeats === undefined) return;
    // Held down, it is pressed again and again, as on a keyboard; the click is the last of them.
    let again;
    const stop = () => clearTimeout(again);
    const repeat = () => { send(); again = setTimeout(repeat, 60); };
    button.addEventListener("pointerdown", () => { stop(); again = setTimeout(repeat, 450); });
    for (const end of ["pointerup", "pointercancel", "pointerleave"]) button.addEventListener(end, stop);
  }

  /// Whether Ctrl was held; from now on it is not.
  takeControl() {
    const isHeld = this.holdsControl;
    if (isHeld) this.hold(false);
    return isHeld;
  }

  /// Above a keyboard that covers the page instead of making it smaller (iOS).
  lift() {
    const { height, offsetTop, scale } = visualViewport;
    const covered = scale === 1 ? Math.max(0, document.documentElement.clientHeight - height - offsetTop) : 0;
    this.place.style.bottom = `${covered}px`;
  }
}

"""##
}
