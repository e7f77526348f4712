// The forms work without this module. It adds a draft that survives a closed tab, a counter, and a
// queue: what is written without a network leaves by itself when there is one.
import { guardOf } from "./guard.js";
import { drop, first, hold, send, waiting, watch } from "./queue.js";

const PREFIX = "semailles-brouillon-";
const number = new Intl.NumberFormat("fr");

function store(name, draft) {
  try {
    if (draft?.text) localStorage.setItem(PREFIX + name, JSON.stringify(draft));
    else localStorage.removeItem(PREFIX + name);
  } catch {
    // A browser that refuses storage only loses the draft.
  }
}

function stored(name) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + name));
  } catch {
    return null;
  }
}

function keepDraft(form) {
  const { body, key } = form.elements;
  const draft = stored(form.dataset.queueName);
  // A page kept for when there is no network always comes with the same key: draw another.
  if (crypto.randomUUID) key.value = crypto.randomUUID();
  // The key comes back with the words: if they had reached us, sending them again stores nothing new.
  if (!body.value && draft?.text) {
    body.value = draft.text;
    key.value = draft.key;
  }
  body.addEventListener("input", () => store(form.dataset.queueName, { text: body.value, key: key.value }));
}

function count(field) {
  const note = document.querySelector(`[data-counter-for="${field.id}"]`);
  const limit = Number(field.dataset.counter);
  const show = () => {
    const left = limit - field.value.length;
    if (left < 0) note.textContent = `${number.format(-left)} caractères de trop : raccourcissez votre texte`;
    else note.textContent = field.value ? `${number.format(left)} caractères restants` : `${number.format(limit)} caractères au plus`;
  };
  field.addEventListener("input", show);
  show();
}

// The rules are asked for when somebody is about to write: reading the page does not wait for them.
const PAUSE = 150; // milliseconds without a letter, so that a slow phone does not read after each
function guard(field) {
  const note = document.querySelector("[data-guard]");
  if (!note) return;
  let find = null;
  let asked = null;
  let pause = 0;
  const look = () => {
    const tells = find !== null && find(field.value).length > 0;
    if (note.hidden === tells) note.hidden = !tells;
  };
  const ask = () => {
    // A browser that cannot, or has no network yet, leaves it to the server, which reads the same rules.
    asked ??= readRules(note.dataset.guard).then((found) => ((find = found), look())).catch(() => (asked = null));
  };
  field.addEventListener("focus", ask);
  field.addEventListener("input", () => {
    ask();
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
  if (field.value || document.activeElement === field) ask();
}

async function readRules(url) {
  const answer = await fetch(url);
  if (!answer.ok) throw new Error(answer.status);
  return guardOf(await answer.json());
}

function element(name, text, css = "") {
  const made = document.createElement(name);
  made.textContent = text;
  if (css) made.className = css;
  return made;
}

function button(label, act) {
  const made = element("button", label, "fr-btn fr-btn--tertiary fr-btn--sm");
  made.type = "button";
  made.addEventListener("click", act);
  return made;
}

// One line for each sending that still waits, with its words: they are the person's own.
async function showQueue(said = "") {
  const box = document.querySelector("[data-queue]");
  if (!box) return;
  const all = await waiting();
  const going = all.filter((one) => !one.refused).length;
  const parts = [];
  if (going) parts.push(element("p", `${number.format(going)} ${going > 1 ? "idées" : "idée"} en attente d’envoi. Gardez ce téléphone : elles partiront dès que le réseau revient.`));
  for (const one of all) {
    const line = element("p", one.fields.body, "sm-queue__line");
    if (one.refused) line.append(" – ", element("strong", `non reçue : ${one.refused}`));
    line.append(" ", button("Effacer", () => drop(one.key).then(() => showQueue())));
    parts.push(line);
  }
  if (said) parts.push(said);
  box.replaceChildren(...parts);
  box.hidden = !parts.length;
  box.dataset.waiting = all.length;
  box.classList.toggle("sm-offline--done", !all.length);
  document.getElementById("annonces").textContent = parts.map((part) => part.textContent).join(" ");
}

function told(sending, outcome) {
  if (outcome.state !== "sent") return showQueue();
  if (outcome.undo) addNote(sending, outcome.undo);
  if (!outcome.receipt) return showQueue();
  const line = element("p", "Idée envoyée. ");
  const link = element("a", `Voir son reçu ${outcome.receipt}`);
  link.href = outcome.url;
  line.append(link);
  return showQueue(line);
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

// The next words may be somebody else's, on a tablet that goes round: nothing of the last ones stays.
function emptied(form) {
  const { body, key, replaces } = form.elements;
  if (form.dataset.send === "idea") form.reset();
  if (replaces?.value) {
    replaces.value = "";
    document.querySelector("[data-replaces]").remove();
  }
  body.value = "";
  body.dispatchEvent(new Event("input"));
  key.value = crypto.randomUUID();
  store(form.dataset.queueName, null);
  body.focus();
}

function read(form) {
  const { csrf_token: _, ...fields } = Object.fromEntries(new FormData(form));
  return { key: fields.key, url: new URL(form.action).pathname, fields };
}

// What is sent leaves no word behind: enough to know it again. Two texts with one mark would share a
// key, which the server refuses and the queue renews.
function mark(text) {
  let sum = 7;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
  return `${text.length}:${sum}`;
}

// « Back », then the same words again: the same idea. Two notes of a table may well say the same.
function sentBefore(sending) {
  try {
    const last = JSON.parse(sessionStorage.getItem(PREFIX + sending.url));
    return last?.text === mark(sending.fields.body) ? last.key : null;
  } catch {
    return null;
  }
}

function rememberSent({ url, key, fields }) {
  try {
    sessionStorage.setItem(PREFIX + url, JSON.stringify({ text: mark(fields.body), key }));
  } catch {
    // Without this memory, « back » and the same words make two ideas: one can be withdrawn.
  }
}

// A table writes one note after the other: the line is free before the next letter is typed, and
// the notes leave in their order.
let written = Promise.resolve();
let turn = Promise.resolve();
function sendLine(form) {
  const sending = read(form);
  const token = form.elements.csrf_token.value;
  emptied(form);
  const held = written.then(() => hold(sending));
  written = held.catch(() => {
    form.elements.body.value = sending.fields.body; // a browser that refuses its database
    form.submit();
  });
  turn = turn.then(async () => sendInTurn(await held, token)).catch(() => {});
}

// What was written before and still waits goes first: the queue will send both.
async function sendInTurn(sending, token) {
  if ((await first())?.key !== sending.key) return showQueue();
  return told(sending, await send(sending, token));
}

// One idea waits for its receipt.
async function sendIdea(form) {
  let sending = read(form);
  const known = sentBefore(sending);
  if (known) sending.key = sending.fields.key = form.elements.key.value = known;
  try {
    sending = await hold(sending);
  } catch {
    form.submit(); // a browser that refuses its database still has the plain form
    return;
  }
  store(form.dataset.queueName, null);
  const outcome = await send(sending, form.elements.csrf_token.value);
  if (outcome.state === "sent") {
    rememberSent(sending);
    location.assign(outcome.url);
    return;
  }
  if (outcome.state === "refused") {
    await drop(sending.key);
    form.submit(); // the server shows the page again, words kept, with what to do
    return;
  }
  emptied(form);
  await told(sending, outcome);
}

function intercept(form) {
  const press = form.querySelector("button:not([type])");
  form.addEventListener("submit", async (event) => {
    if (!form.elements.body.value.trim()) return;
    event.preventDefault();
    if (form.dataset.send === "line") {
      sendLine(form);
      return;
    }
    if (press.hasAttribute("aria-disabled")) return; // the second half of a double click
    press.setAttribute("aria-disabled", "true");
    await sendIdea(form);
    press.removeAttribute("aria-disabled");
  });
}

function readAloud(label) {
  if (!("speechSynthesis" in window)) return;
  const listen = button("Écouter la question", () => {
    const words = new SpeechSynthesisUtterance(label.textContent);
    words.lang = "fr-FR";
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  });
  label.parentElement.after(listen);
}

// The first page is opened before the worker stands: hand it what the page is made of.
async function keepPage() {
  const ours = window.trustedTypes?.createPolicy("semailles-worker", { createScriptURL: () => "/sw.js" });
  await navigator.serviceWorker.register(ours?.createScriptURL("") ?? "/sw.js");
  const worker = (await navigator.serviceWorker.ready).active;
  const parts = performance.getEntriesByType("resource").map((part) => new URL(part.name).pathname);
  const rules = document.querySelector("[data-guard]")?.dataset.guard;
  worker.postMessage([...new Set([location.pathname, ...parts, rules])].filter(Boolean));
}

const form = document.querySelector("form[data-send]");
if (form) {
  keepDraft(form);
  guard(form.elements.body);
  if (crypto.randomUUID) intercept(form); // absent without https: the plain form then does it all
}
document.querySelectorAll("[data-counter]").forEach(count);
document.querySelectorAll(".sm-question__label").forEach(readAloud);
const sent = document.querySelector("[data-draft-sent]");
if (sent) store(sent.dataset.draftSent, null);
if (window.indexedDB) {
  showQueue().catch(() => {});
  watch(told);
}
if (navigator.serviceWorker) keepPage().catch(() => {});
