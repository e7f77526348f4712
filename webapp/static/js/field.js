// Helps for whoever writes: a counter, the personal-data guard, the question read aloud.
import { button, say } from "./dom.js";
import { guardOf } from "./guard.js";

const PAUSE = 150; // milliseconds without a letter, so that a slow phone does not read after each

export function count(field) {
  const note = document.querySelector(`[data-counter-for="${field.id}"]`);
  const limit = Number(field.dataset.counter);
  const show = () => {
    const left = limit - field.value.length;
    const name = field.value ? "left" : "most";
    note.textContent = say(left < 0 ? "over" : name, { num: Math.abs(left) });
  };
  field.addEventListener("input", show);
  show();
}

// The rules are asked for when somebody is about to write: reading the page does not wait for them.
export function guard(field) {
  const note = document.querySelector("[data-guard]");
  if (!note) return;
  let [find, found, asked, pause] = [() => [], [], null, 0];
  const look = () => {
    found = find(field.value).map(({ start, end }) => Array.from(field.value).slice(start, end).join(""));
    note.hidden = !found.length;
    note.querySelector("mark").textContent = found.join(", ");
  };
  const learn = async () => {
    find = guardOf(await (await fetch(note.dataset.guard)).json());
    look();
  };
  // A browser that cannot, or has no network yet, leaves it to the server, which reads the same rules.
  const ask = () => (asked ??= learn().catch(() => (asked = null)));
  field.addEventListener("focus", ask);
  field.addEventListener("input", () => {
    ask();
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
  if (field.value || document.activeElement === field) ask();
  // Names stop the first press: the note is seen and read aloud, the first name is selected for « Corriger ».
  field.form.addEventListener("submit", (event) => {
    const { warned } = field.form.elements;
    if (note.hidden || !found.length || !warned || warned.value || event.submitter?.name === "lang") return;
    warned.value = "y";
    if (note.contains(event.submitter)) return;
    event.preventDefault();
    field.setSelectionRange(field.value.indexOf(found[0]), field.value.indexOf(found[0]) + found[0].length);
    note.focus();
  });
}

export function readAloud(label) {
  if (!("speechSynthesis" in window)) return;
  const { lang } = label.querySelector("[lang]") ?? document.documentElement; // what the team wrote is in French
  const listen = button(say("listen"), () => {
    speechSynthesis.cancel();
    speechSynthesis.speak(Object.assign(new SpeechSynthesisUtterance(label.textContent), { lang }));
  });
  label.parentElement.after(listen);
}
