// What script adds to pages that work without it. No text of its own: all words are in the templates.
"use strict";

const all = (selector) => document.querySelectorAll(selector);
const say = (text) => {
  const live = document.getElementById("live");
  live.textContent = "";
  // Emptied first, so that the same words are told again.
  requestAnimationFrame(() => { live.textContent = text; });
};

// A password can be looked at.
for (const button of all("[data-reveal]")) {
  const input = document.getElementById(button.dataset.reveal);
  button.hidden = false;
  const show = (shown) => {
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", shown);
  };
  button.addEventListener("click", () => {
    show(input.type === "password");
    input.focus();
  });
  // So that browsers keep it as a password, and no back button shows it.
  input.form?.addEventListener("submit", () => show(false));
}

// A secret goes to the clipboard.
for (const button of all("[data-copy]")) {
  const source = document.getElementById(button.dataset.copy);
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(source.textContent);
    } catch {
      getSelection().selectAllChildren(source);
      if (!document.execCommand("copy")) return;
    }
    button.textContent = button.dataset.done;
    say(button.dataset.done);
    setTimeout(() => { button.textContent = label; }, 2500);
  });
}

// A form is sent once.
for (const form of all("form[method=post]")) {
  const button = form.querySelector("button:not([type=button])");
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) return event.preventDefault();
    form.dataset.sent = "yes";
    button?.setAttribute("aria-disabled", "true");
  });
  // Back from the next page, out of the browser's memory, it can be sent again.
  addEventListener("pageshow", () => {
    delete form.dataset.sent;
    button?.removeAttribute("aria-disabled");
  });
}

// The token of a mail's link that stands after the #, where no server sees it, goes into the form and out of the address.
const hash = location.hash;
for (const form of all("form[data-hash]")) {
  const before = "#" + form.dataset.hash;
  if (!hash.startsWith(before) || hash.length === before.length) continue;
  let token = hash.slice(before.length);
  try { token = decodeURIComponent(token); } catch { /* as it is */ }
  form.elements.token.value = token;
  form.hidden = false;
  for (const each of all("[data-hash-missing]")) each.hidden = true;
  history.replaceState(null, "", location.pathname + location.search);
}

// Times in the reader's zone; the page's own words say UTC.
for (const time of all("time[datetime]")) {
  const moment = new Date(time.dateTime);
  if (isNaN(moment)) continue;
  time.title = time.textContent;
  time.textContent = moment.toLocaleString(undefined, { dateStyle: "medium", timeStyle: "short" });
}

// On a phone the list of pages is wider than the window.
document.querySelector(".side [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

// What was done is not told again when the page is loaded anew.
if (new URLSearchParams(location.search).has("done")) {
  const address = new URL(location.href);
  address.searchParams.delete("done");
  history.replaceState(null, "", address);
}
