// What the browser remembers of a form: the words of a draft, and by what to know again what was sent.
const PREFIX = "semailles-brouillon-";
const KEPT = globalThis.document?.body?.dataset.shared ? "sessionStorage" : "localStorage"; // shared: dies with the tab

export function remember(storage, name, value) {
  try {
    if (value) globalThis[storage].setItem(PREFIX + name, JSON.stringify(value));
    else globalThis[storage].removeItem(PREFIX + name);
  } catch {
    // A browser that refuses storage loses the draft; « back » and the same words then make two ideas.
  }
}

export function recall(storage, name) {
  try {
    return JSON.parse(globalThis[storage].getItem(PREFIX + name));
  } catch {
    return null;
  }
}

export const forgetDraft = (name) => remember(KEPT, name, null);
export const showDraft = (link) => (link.hidden = !recall(KEPT, link.dataset.draft));

export function keepDraft({ dataset, elements: { body, key } }) {
  const draft = recall(KEPT, dataset.queueName);
  // A page kept for when there is no network always comes with the same key: draw another.
  if (crypto.randomUUID) key.value = crypto.randomUUID();
  // The key comes back with the words: if they had reached us, sending them again stores nothing new.
  if (!body.value && draft?.text) {
    body.value = draft.text;
    key.value = draft.key;
  }
  body.addEventListener("input", () => {
    remember(KEPT, dataset.queueName, body.value && { text: body.value, key: key.value });
  });
}

// What is sent leaves no word, only a mark; two texts with one mark share a key, which the queue renews when refused.
function mark({ body, question }) {
  let sum = 7;
  for (const letter of body) sum = (Math.imul(sum, 31) + letter.codePointAt(0)) | 0;
  return `${question}:${body.length}:${sum}`;
}

// « Back », then the same words again: the same idea. Two notes of a table may well say the same.
export function sentBefore({ url, fields }) {
  const last = recall("sessionStorage", url);
  return last?.text === mark(fields) ? last.key : null;
}

export const rememberSent = ({ url, key, fields }) => remember("sessionStorage", url, { text: mark(fields), key });
