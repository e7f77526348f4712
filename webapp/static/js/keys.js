// Work through a list by single keys, while the focus is in it, not in a text: J and K walk, `data-key` names others.
import { announce } from "./dom.js";

const SHOWN = ":not(details:not([open]) > :not(summary) *)"; // not in a closed menu

function reach(entry) {
  (entry.querySelector("[data-focus]") ?? entry.querySelector("input, a, button")).focus();
  entry.scrollIntoView({ block: "nearest" });
}

function use(control) {
  if (control.matches("select, input:not([type=checkbox])")) control.focus();
  else control.click();
  if (control.matches("summary")) control.parentElement.querySelector("input, li button")?.focus();
}

function press(list, entries, event) {
  const at = entries.findIndex((entry) => entry.contains(document.activeElement));
  if (document.activeElement === list && event.key.toLowerCase() === "j") reach(entries[0]);
  const typing = document.activeElement.matches("textarea, select, input:not([type=checkbox])");
  if (at < 0 || typing || event.ctrlKey || event.metaKey || event.altKey) return;
  const letter = event.key.toLowerCase();
  const wanted = `[data-key="${CSS.escape(letter)}"]`;
  const within = (scope) => entries[at].querySelector(scope);
  const busy = within("[data-menu][open]") && /\d/.test(letter); // while a menu is open, digits are its own
  const own = within(`[open] > :not(summary) ${wanted}`) ?? (busy ? null : within(wanted + SHOWN));
  const control = own ?? list.querySelector(`:not([data-entry] *)${wanted}`);
  const step = control ? 0 : { j: 1, k: -1 }[letter];
  if (!control && !step) return;
  event.preventDefault();
  if (step) reach(entries[Math.min(Math.max(at + step, 0), entries.length - 1)]);
  else if (!event.repeat && !list.dataset.sent) use(control); // what follows an act would decide unread
}

for (const list of document.querySelectorAll("[data-keys]")) {
  const entries = [...list.querySelectorAll("[data-entry]")];
  list.querySelector("[data-keys-help]")?.removeAttribute("hidden");
  // Back from an act: the work goes on where it was.
  const back = entries.find((entry) => entry.id && `#${entry.id}` === location.hash);
  if (back) reach(Object.assign(back, { tabIndex: -1 })); // the browser goes there again, and would take the focus
  const picked = list.querySelector("[data-picked]");
  const ticked = () => list.querySelectorAll("[name=excerpts][form]:checked").length;
  list.addEventListener("change", () => picked?.replaceChildren(ticked()));
  list.addEventListener("keydown", (event) => press(list, entries, event));
  list.addEventListener("submit", ({ defaultPrevented }) => defaultPrevented || (list.dataset.sent = true));
  addEventListener("pageshow", () => delete list.dataset.sent);
}

// A confirmation that is there when the page opens is not read aloud: it is said again, just after.
const messages = document.getElementById("messages")?.textContent.trim();
if (messages) setTimeout(() => announce(messages), 200);
