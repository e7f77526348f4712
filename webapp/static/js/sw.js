// Keep the pages of a room at hand: the network first, the last copy when there is none.
const CACHE = "semailles-1";
const OFFLINE = "/pages/hors-ligne";
// Only what is needed to write: never a page that shows what somebody said elsewhere.
const KEPT = /^\/(a\/\w+|table\/[\w-]+|static\/.+|pages\/hors-ligne)$/;

self.addEventListener("install", (event) => {
  event.waitUntil(caches.open(CACHE).then((cache) => cache.add(OFFLINE)).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  const old = (names) => Promise.all(names.filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  event.waitUntil(caches.keys().then(old).then(() => self.clients.claim()));
});

async function networkFirst(request, kept) {
  const cache = await caches.open(CACHE);
  try {
    const answer = await fetch(request);
    const open = !(answer.headers.get("Cache-Control") ?? "").includes("no-store");
    if (kept && answer.ok && !answer.redirected && open) await cache.put(request, answer.clone());
    return answer;
  } catch (error) {
    const copy = (await cache.match(request)) ?? (request.mode === "navigate" && (await cache.match(OFFLINE)));
    if (copy) return copy;
    throw error;
  }
}

// A page that was opened before this script ran says what it is made of.
self.addEventListener("message", (event) => {
  const put = (cache) => (url) => fetch(url, { cache: "force-cache" }).then((answer) => answer.ok && cache.put(url, answer));
  event.waitUntil(caches.open(CACHE).then((cache) => Promise.all(event.data.filter((url) => KEPT.test(url)).map(put(cache)))));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  const ours = request.method === "GET" && url.origin === location.origin;
  const kept = KEPT.test(url.pathname) && !url.search;
  if (ours && (kept || request.mode === "navigate")) event.respondWith(networkFirst(request, kept));
});
