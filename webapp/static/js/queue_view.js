// Show what became of each sending: those that wait, with their words, those that were refused, the notes of a table.
import { announce, button, element, say } from "./dom.js";
import { drop, waiting } from "./queue.js";

function line({ key, fields, refused }) {
  const words = element("bdi", { dir: "auto" }, fields.body);
  const why = refused ? [" – ", element("strong", {}, say("refused", { reason: refused }))] : [];
  const erase = button(say("erase"), () => confirm(say("sure")) && drop(key).then(showQueue));
  return element("p", { className: "sm-queue__line" }, words, ...why, " ", erase);
}

const left = []; // the receipts of what left since the page was opened

export async function showQueue() {
  const box = document.querySelector("[data-queue]");
  if (!box) return;
  const { shared } = document.body.dataset;
  const all = (await waiting()).filter(({ key, refused }) => !(shared && refused && drop(key))); // its author has left
  const going = all.filter((one) => !one.refused).length;
  document.querySelector("[data-going]")?.replaceChildren(going ? say("going", { num: going }) : "");
  const told = going ? [element("p", {}, say("waiting", { num: going }))] : [];
  const parts = [...told, ...(shared ? [] : all.map(line)), ...left];
  box.replaceChildren(...parts);
  box.hidden = !parts.length;
  box.dataset.waiting = all.length;
  box.classList.toggle("sm-offline--done", !all.length);
  announce(parts.map((part) => part.textContent).join(" "));
}

export function showOutcome(sending, { state, undo, receipt, url }) {
  if (state === "sent" && undo) addNote(sending, undo);
  const link = receipt && element("a", { href: url }, say("receipt", { code: receipt }));
  if (state === "sent" && link) left.push(element("p", {}, `${say("sent")} `, link));
  return showQueue();
}

function addNote(sending, undo) {
  const list = document.querySelector("[data-notes]");
  if (!list || !location.pathname.startsWith(sending.url)) return;
  // The line that was just written and the queue that wakes up may both have sent it.
  if ([...list.querySelectorAll("form")].some((form) => form.getAttribute("action") === undo)) return;
  const note = document.querySelector("template[data-note]").content.cloneNode(true);
  note.querySelector("[data-note-body]").textContent = sending.fields.body;
  note.querySelector("form").action = undo;
  note.querySelector("[data-slip]").href = undo.replace(/reprendre$/, "recu");
  list.prepend(note);
  document.querySelector("[data-notes-empty]").hidden = true;
  document.querySelector("[data-note-count]").textContent = list.children.length;
}
