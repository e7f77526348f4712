// Forms work without this. It adds a draft that survives its tab, a counter, and a queue that waits for the network.
import { forgetDraft, keepDraft, showDraft } from "./draft.js";
import { count, guard, readAloud } from "./field.js";
import { watch } from "./queue.js";
import { showOutcome, showQueue } from "./queue_view.js";
import { intercept } from "./submit.js";

// The first page is opened before the worker stands: hand it what the page is made of.
async function keepPage() {
  const ours = window.trustedTypes?.createPolicy("semailles-worker", { createScriptURL: () => "/sw.js" });
  await navigator.serviceWorker.register(ours?.createScriptURL("") ?? "/sw.js");
  const parts = performance.getEntriesByType("resource").map((part) => new URL(part.name).pathname);
  const rules = document.querySelector("[data-guard]")?.dataset.guard;
  (await navigator.serviceWorker.ready).active.postMessage([...new Set([location.pathname, ...parts, rules])]);
}

if (document.body.dataset.shared) localStorage.clear(); // drafts of before
document.querySelector("form[action$='/fini']")?.addEventListener("submit", () => sessionStorage.clear());
const form = document.querySelector("form[data-send]");
if (form) {
  keepDraft(form);
  guard(form.elements.body);
  if (crypto.randomUUID) intercept(form); // absent without https: the plain form then does it all
}
document.querySelectorAll("[data-counter]").forEach(count);
document.querySelectorAll("[data-draft]").forEach(showDraft);
document.querySelectorAll(".sm-question__label").forEach(readAloud);
document.querySelectorAll("[data-draft-sent]").forEach(({ dataset }) => forgetDraft(dataset.draftSent));
if (window.indexedDB) {
  showQueue().catch(() => {});
  watch(showOutcome);
}
if (navigator.serviceWorker) keepPage().catch(() => {});
