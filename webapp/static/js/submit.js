// Send a form through the queue: a table's line at once, an idea with its receipt.
import { forgetDraft, rememberSent, sentBefore } from "./draft.js";
import { drop, first, hold, send } from "./queue.js";
import { showOutcome, showQueue } from "./queue_view.js";

// The next words may be somebody else's, on a tablet that goes round: nothing of the last ones stays.
function emptied(form) {
  const { body, concerned, key, replaces, slip, warned } = form.elements;
  if (form.dataset.send === "idea") form.reset();
  if (replaces?.value) document.querySelector("[data-replaces]").remove();
  if (slip?.value) concerned.value = "unknown"; // what a slip says is of its author alone
  for (const field of [replaces, slip, warned]) if (field) field.value = "";
  body.value = "";
  body.dispatchEvent(new Event("input")); // the counter starts again, the draft goes
  key.value = crypto.randomUUID();
  body.focus();
}

function read(form) {
  const { csrf_token: _, ...fields } = Object.fromEntries(new FormData(form));
  return { key: fields.key, url: new URL(form.action).pathname, fields };
}

// The line of a table is free before the next letter is typed; its notes leave in their order.
let [written, turn] = [Promise.resolve(), Promise.resolve()];
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
  return showOutcome(sending, await send(sending, token));
}

async function sendIdea(form) {
  let sending = read(form);
  const known = sentBefore(sending);
  if (known) sending.key = sending.fields.key = form.elements.key.value = known;
  try {
    sending = await hold(sending);
  } catch {
    return form.submit(); // a browser that refuses its database still has the plain form
  }
  forgetDraft(form.dataset.queueName);
  const outcome = await send(sending, form.elements.csrf_token.value);
  if (outcome.state === "sent") {
    rememberSent(sending);
    location.assign(outcome.url);
  } else if (outcome.state === "refused") {
    await drop(sending.key);
    form.submit(); // the server shows the page again, words kept, with what to do
  } else {
    emptied(form);
    await showOutcome(sending, outcome);
  }
}

export function intercept(form) {
  const press = form.querySelector("button:not([type])");
  form.addEventListener("submit", async (event) => {
    if (event.defaultPrevented || event.submitter?.name === "lang" || !form.elements.body.value.trim()) return;
    event.preventDefault();
    if (form.dataset.send === "line") return sendLine(form);
    if (press.hasAttribute("aria-disabled")) return; // the second half of a double click
    press.setAttribute("aria-disabled", "true");
    await sendIdea(form);
    press.removeAttribute("aria-disabled");
  });
}
