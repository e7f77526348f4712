// Words wait in the browser's database until the server holds them; their key has them stored once, however often sent.
const STORE = "envois";
const [PATIENCE, EVERY] = [10_000, 15_000]; // milliseconds

function open() {
  return new Promise((resolve, reject) => {
    const request = indexedDB.open("semailles", 1);
    request.onupgradeneeded = () => request.result.createObjectStore(STORE, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
}

async function run(mode, act) {
  const base = await open();
  try {
    return await new Promise((resolve, reject) => {
      const work = base.transaction(STORE, mode, { durability: "strict" });
      const request = act(work.objectStore(STORE));
      work.oncomplete = () => resolve(request.result);
      work.onabort = () => reject(work.error);
    });
  } finally {
    base.close();
  }
}

const keep = (sending) => run("readwrite", (store) => store.put(sending));
export const drop = (key) => run("readwrite", (store) => store.delete(key));
const renewed = (sending, key = crypto.randomUUID()) => ({ ...sending, key, fields: { ...sending.fields, key } });

// Never over another sending: the draft of a browser that was killed may hold the key of words that wait already.
export async function hold(sending) {
  const other = await run("readonly", (store) => store.get(sending.key));
  const kept = other && other.fields.body !== sending.fields.body ? renewed(sending) : sending;
  kept.at ??= performance.timeOrigin + performance.now();
  await keep(kept);
  return kept;
}

export const waiting = async () =>
  (await run("readonly", (store) => store.getAll())).sort((one, other) => one.at - other.at);

const freshToken = async () => (await (await fetch("/jeton", { signal: AbortSignal.timeout(PATIENCE) })).json()).token;

function post(sending, token) {
  const body = new URLSearchParams({ ...sending.fields, csrf_token: token });
  if (sending.late) body.set("queued", "y");
  const headers = { Accept: "application/json" };
  return fetch(sending.url, { method: "POST", body, headers, signal: AbortSignal.timeout(PATIENCE) });
}

// Say what became of one sending: "sent" with what the server told, "waiting", or "refused" and why.
export async function send(sending, token) {
  try {
    let answer = await post(sending, token ?? (await freshToken()));
    if (answer.status === 400) answer = await post(sending, await freshToken());
    let told = await answer.json();
    if (told.kind === "IdempotencyError") {
      // The key belongs to words that are stored already: these are others.
      const old = sending.key;
      sending = renewed(sending);
      await keep(sending);
      await drop(old);
      answer = await post(sending, await freshToken());
      told = await answer.json();
    }
    if (answer.ok) {
      await drop(sending.key);
      return { state: "sent", ...told };
    }
    if (answer.status >= 500 || [400, 408, 429].includes(answer.status)) throw new Error(answer.status);
    await keep({ ...sending, late: true, refused: told.text || told.title });
    return { state: "refused", ...told };
  } catch {
    // No network, or a server that cannot take it now: it goes again later.
    await keep({ ...sending, late: true });
    return { state: "waiting" };
  }
}

// Two tabs must not send at once: harmless, but it would count twice in what they show.
const alone = (act) =>
  navigator.locks?.request("semailles-envois", { ifAvailable: true }, (lock) => lock && act()) ?? act();

export const first = async () => (await waiting()).find((one) => !one.refused);

// One after the other, what is written meanwhile too.
async function drain(tell) {
  for (let sending = await first(); sending; sending = await first()) {
    const outcome = await send(sending);
    tell(sending, outcome);
    if (outcome.state === "waiting") return; // still no network: the others would wait as long
  }
}

// Try now, whenever the network or the person comes back, and from time to time.
export function watch(tell) {
  const turn = () => alone(() => drain(tell)).catch(() => {});
  const later = () => setTimeout(() => turn().finally(later), EVERY * (0.5 + Math.random()));
  addEventListener("online", turn);
  document.addEventListener("visibilitychange", () => document.hidden || turn());
  later();
  return turn();
}
