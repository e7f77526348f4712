// The form works without this module; it adds a draft that survives a closed tab, and a counter.
const PREFIX = "semailles-brouillon-";

function store(code, text) {
  try {
    if (text) localStorage.setItem(PREFIX + code, text);
    else localStorage.removeItem(PREFIX + code);
  } catch {
    // A browser that refuses storage only loses the draft.
  }
}

function stored(code) {
  try {
    return localStorage.getItem(PREFIX + code) ?? "";
  } catch {
    return "";
  }
}

function keepDraft(form) {
  const field = form.elements.body;
  if (!field.value) field.value = stored(form.dataset.draft);
  field.addEventListener("input", () => store(form.dataset.draft, field.value));
}

function count(field) {
  const note = document.querySelector(`[data-counter-for="${field.id}"]`);
  const limit = Number(field.dataset.counter);
  const number = new Intl.NumberFormat("fr");
  const show = () => {
    const left = limit - field.value.length;
    if (left < 0) note.textContent = `${number.format(-left)} caractères de trop : raccourcissez votre texte`;
    else note.textContent = field.value ? `${number.format(left)} caractères restants` : `${number.format(limit)} caractères au plus`;
  };
  field.addEventListener("input", show);
  show();
}

const form = document.querySelector("form[data-draft]");
if (form) keepDraft(form);
document.querySelectorAll("[data-counter]").forEach(count);
const sent = document.querySelector("[data-draft-sent]");
if (sent) store(sent.dataset.draftSent, "");
