// Sort notes by keyboard: a key presses the button that shows it. A form is sent without leaving the page, so
// that a note follows another at once; what is pressed meanwhile is dropped: it would decide of an unread note.
import { announce } from "./dom.js";

const html = window.trustedTypes?.createPolicy("semailles", { createHTML: (text) => text }); // our own pages
const folded = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
const find = (selector) => document.querySelector(selector);
const menus = () => [...document.querySelectorAll("details[data-menu][open]")];
let busy = false;

function begin() {
  for (const field of document.querySelectorAll("[data-search]")) field.hidden = false;
  (find("[data-note]") ?? find("main")).focus({ preventScroll: true });
  const done = find("#messages")?.textContent.trim();
  if (done) setTimeout(() => announce(done), 100);
}

// The next note, or what prevented the act: only a page of somewhere else is gone to.
async function send(form, button) {
  const action = button?.hasAttribute("formaction") ? button.formAction : form.action;
  const answer = await fetch(action, { method: "POST", body: new FormData(form, button) });
  if (answer.redirected && new URL(answer.url).pathname !== location.pathname) return location.assign(answer.url);
  const text = await answer.text();
  const page = new DOMParser().parseFromString(html?.createHTML(text) ?? text, "text/html");
  if (answer.redirected) history.replaceState(null, "", answer.url);
  document.title = page.title;
  find("main").replaceWith(page.querySelector("main"));
  scrollTo(0, 0);
  begin();
}

// While a menu is open, digits are its own; while it is closed, none is.
function control(key) {
  const menu = menus()[0];
  const closed = (one) => !one.matches("summary") && one.closest("details[data-menu]:not([open])");
  const named = [...document.querySelectorAll(`main [data-key="${CSS.escape(key)}"]`)].filter((one) => !closed(one));
  return named.find((one) => menu?.contains(one)) ?? (menu && /\d/.test(key) ? null : named[0]);
}

function use(button) {
  button.click();
  if (!button.matches("summary")) return;
  for (const menu of menus()) if (!menu.contains(button)) menu.open = false;
  button.parentElement.querySelector("input[type=search], li button, form > button")?.focus();
}

function leave() {
  for (const menu of menus()) menu.open = false;
  find("[data-note]")?.focus();
}

function walk(target, step) {
  const stops = [...target.closest("details").querySelectorAll("input, li:not([hidden]) button, form > button")];
  stops[stops.indexOf(target) + step]?.focus();
}

document.addEventListener("keydown", (event) => {
  const { key, target } = event;
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat) return;
  const searching = target.matches("input[type=search]");
  const first = searching && key === "Enter" ? find("[data-found] li:not([hidden]) button") : null;
  const wanted = first ?? (searching ? null : control(key.toLowerCase()));
  const step = { ArrowDown: 1, ArrowUp: -1 }[key];
  if (key === "Escape") leave();
  else if (step && target.closest("details[data-menu]")) walk(target, step);
  else if (wanted && !busy) use(wanted);
  else return;
  event.preventDefault();
});

document.addEventListener("input", ({ target }) => {
  if (!target.matches("input[type=search]")) return;
  const words = folded(target.value).split(/\s+/);
  for (const line of document.querySelectorAll("[data-found] li"))
    line.hidden = !words.every((word) => folded(line.textContent).includes(word));
});

document.addEventListener("submit", async (event) => {
  if (!find("[data-note]")?.closest("main").contains(event.target)) return;
  event.preventDefault();
  if (busy) return;
  busy = true;
  await send(event.target, event.submitter).catch(() => announce("Le serveur ne répond pas : rien n’a été décidé."));
  busy = false;
});
begin();
