// Keep the pages of a room at hand: the network first, the last copy when there is none.
const CACHE = "semailles-3";
const OFFLINE = "/pages/hors-ligne";
// Only what is needed to write: never a page that shows what somebody said elsewhere.
const KEPT = /^\/(a\/\w+|table\/[\w-]+|static\/.+|garde\.json|pages\/hors-ligne)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

const isOpen = ({ ok, redirected, headers }) => ok && !redirected && !/no-store/.test(headers.get("Cache-Control"));

// What must not be stored (the notes of a table, a page of a shared device) is kept empty, to write on.
async function keep(cache, path, answer) {
  const open = isOpen(answer) ? answer.clone() : await fetch(`${path}?vierge=1`);
  if (isOpen(open)) await cache.put(path, open);
}

async function networkFirst(request, kept) {
  const cache = await caches.open(CACHE);
  const path = new URL(request.url).pathname;
  try {
    const answer = await fetch(request);
    if (kept && [404, 410].includes(answer.status)) await cache.delete(path);
    else if (kept && answer.ok) await keep(cache, path, answer);
    return answer;
  } catch (error) {
    const stored = (what) => cache.match(what, { ignoreVary: true }); // in the language in which it was last read
    const copy = (await stored(request)) ?? (request.mode === "navigate" && (await stored(OFFLINE)));
    if (copy) return copy;
    throw error;
  }
}

// A page that was opened before this script ran says what it is made of.
self.addEventListener("message", (event) => {
  const parts = [...event.data, OFFLINE].filter((path) => KEPT.test(path));
  const kept = (cache) => parts.map(async (path) => keep(cache, path, await fetch(path, { cache: "force-cache" })));
  event.waitUntil(caches.open(CACHE).then((cache) => Promise.all(kept(cache))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const leave = () => Response.redirect(url.pathname.replace("/fini", ""), 303); // without a network: the empty form
  if (/^\/a\/\w+\/fini$/.test(url.pathname)) return event.respondWith(fetch(request).catch(leave));
  const ours = request.method === "GET" && url.origin === location.origin;
  const kept = KEPT.test(url.pathname) && !url.search;
  if (ours && (kept || request.mode === "navigate")) event.respondWith(networkFirst(request, kept));
});
