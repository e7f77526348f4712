// Work through a list without a mouse: single letters, only while the focus is in the list, never
// while typing. J and K go from entry to entry; the other letters are those of `data-key`, looked
// for in the entry first, then in the whole list.
import { announce } from "./dom.js";

function reach(entry) {
  (entry.querySelector("[data-focus]") ?? entry.querySelector("input, a, button")).focus();
  entry.scrollIntoView({ block: "nearest" });
}

function use(control) {
  if (control.matches("select, input:not([type=checkbox])")) control.focus();
  else control.click();
}

function press(list, entries, event) {
  const at = entries.findIndex((entry) => entry.contains(document.activeElement));
  if (document.activeElement === list && event.key.toLowerCase() === "j") reach(entries[0]);
  const typing = document.activeElement.matches("textarea, select, input:not([type=checkbox])");
  if (at < 0 || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const letter = event.key.toLowerCase();
  const step = { j: 1, k: -1 }[letter];
  const wanted = `[data-key="${CSS.escape(letter)}"]`;
  const control = entries[at].querySelector(wanted) ?? list.querySelector(`:not([data-entry] *)${wanted}`);
  if (!step && !control) return;
  event.preventDefault();
  if (step) reach(entries[Math.min(Math.max(at + step, 0), entries.length - 1)]);
  else use(control);
}

for (const list of document.querySelectorAll("[data-keys]")) {
  const entries = [...list.querySelectorAll("[data-entry]")];
  const help = list.querySelector("[data-keys-help]");
  if (help) help.hidden = false;
  // Back from an act: the work goes on where it was.
  const back = entries.find((entry) => entry.id && `#${entry.id}` === location.hash);
  if (back) {
    back.tabIndex = -1; // the browser goes there once more later, and would take the focus away
    reach(back);
  }
  list.addEventListener("keydown", (event) => press(list, entries, event));
}

// A confirmation that is there when the page opens is not read aloud: it is said again, just after.
const messages = document.getElementById("messages")?.textContent.trim();
if (messages) setTimeout(() => announce(messages), 200);
