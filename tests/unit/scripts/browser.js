// Stand-ins for what a browser gives to the scripts: a database, a storage, fields, a server.
export function database() {
  const rows = new Map();
  const request = (result) => ({ result: structuredClone(result) });
  const store = {
    put: (row) => request(void rows.set(row.key, structuredClone(row))),
    delete: (key) => request(void rows.delete(key)),
    get: (key) => request(rows.get(key)),
    getAll: () => request([...rows.values()]),
  };
  const transaction = () => {
    const work = { objectStore: () => store };
    queueMicrotask(() => work.oncomplete());
    return work;
  };
  const open = () => {
    const asked = request();
    asked.result = { transaction, close() {} };
    queueMicrotask(() => asked.onsuccess());
    return asked;
  };
  return { open };
}

export function storage() {
  const kept = new Map();
  return {
    kept,
    getItem: (name) => kept.get(name) ?? null,
    setItem: (name, value) => kept.set(name, value),
    removeItem: (name) => kept.delete(name),
  };
}

// A page in a language, with the words of its scripts.
export const page = (lang, words) => ({
  documentElement: { lang },
  getElementById: () => ({ dataset: { words: JSON.stringify(words) } }),
});

export const field = (properties) => Object.assign(new EventTarget(), properties);

// Answer each request in turn: an error for a lost network, or a status and what is told as JSON.
// Return what was asked, which grows.
export function server(...answers) {
  const asked = [];
  globalThis.fetch = async (url, { body } = {}) => {
    asked.push({ url, fields: body && Object.fromEntries(body) });
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    const [status, told] = answer;
    return new Response(JSON.stringify(told), { status });
  };
  return asked;
}
