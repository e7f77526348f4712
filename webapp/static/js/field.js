// Helps for whoever writes: a counter, the personal-data guard, the question read aloud.
import { button, number } from "./dom.js";
import { guardOf } from "./guard.js";

const PAUSE = 150; // milliseconds without a letter, so that a slow phone does not read after each

export function count(field) {
  const note = document.querySelector(`[data-counter-for="${field.id}"]`);
  const limit = Number(field.dataset.counter);
  const show = () => {
    const left = limit - field.value.length;
    if (left < 0) note.textContent = `${number.format(-left)} caractères de trop : raccourcissez votre texte`;
    else note.textContent = `${number.format(left)} caractères ${field.value ? "restants" : "au plus"}`;
  };
  field.addEventListener("input", show);
  show();
}

// The rules are asked for when somebody is about to write: reading the page does not wait for them.
export function guard(field) {
  const note = document.querySelector("[data-guard]");
  if (!note) return;
  let find = () => [];
  let asked = null;
  let pause = 0;
  const look = () => (note.hidden = !find(field.value).length);
  const learn = async () => {
    const answer = await fetch(note.dataset.guard);
    find = guardOf(await answer.json());
    look();
  };
  const ask = () => {
    // A browser that cannot, or has no network yet, leaves it to the server, which reads the same rules.
    asked ??= learn().catch(() => (asked = null));
  };
  field.addEventListener("focus", ask);
  field.addEventListener("input", () => {
    ask();
    clearTimeout(pause);
    pause = setTimeout(look, PAUSE);
  });
  if (field.value || document.activeElement === field) ask();
}

export function readAloud(label) {
  if (!("speechSynthesis" in window)) return;
  const listen = button("Écouter la question", () => {
    const words = new SpeechSynthesisUtterance(label.textContent);
    words.lang = "fr-FR";
    speechSynthesis.cancel();
    speechSynthesis.speak(words);
  });
  label.parentElement.after(listen);
}
