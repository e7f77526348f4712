// The form works without this module; it adds a draft that survives a closed tab, and a counter.
const PREFIX = "semailles-brouillon-";

function store(code, draft) {
  try {
    if (draft?.text) localStorage.setItem(PREFIX + code, JSON.stringify(draft));
    else localStorage.removeItem(PREFIX + code);
  } catch {
    // A browser that refuses storage only loses the draft.
  }
}

function stored(code) {
  try {
    return JSON.parse(localStorage.getItem(PREFIX + code));
  } catch {
    return null;
  }
}

function keepDraft(form) {
  const { body, key } = form.elements;
  const draft = stored(form.dataset.draft);
  // The key comes back with the words: if they had reached us, sending them again stores nothing new.
  if (!body.value && draft?.text) {
    body.value = draft.text;
    key.value = draft.key;
  }
  body.addEventListener("input", () => store(form.dataset.draft, { text: body.value, key: key.value }));
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
if (sent) store(sent.dataset.draftSent, null);
