// swift-format-ignore-file
// Made by scripts/embed-pages from Web/assets/terminal.js.

extension EmbeddedPages {
    static let asset_terminal_js = ##"""
// A terminal for the page of an agent: Screen (emulator.js) takes bytes and keeps cells, View (view.js) shows them as
// rows, and Line is the socket.
"use strict";

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
    this.status.textContent = word.textContent.trim().replace("…", () => (fill === "" ? "…" : fill));
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

"""##
}
