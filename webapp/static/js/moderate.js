// Moderate without a mouse: single letters, only while the focus is in the list, never while typing.
const form = document.querySelector("form[data-keys]");
const entries = form ? [...form.querySelectorAll("[data-entry]")] : [];

function reach(entry) {
  entry.querySelector("input").focus();
  entry.scrollIntoView({ block: "nearest" });
}

const acts = {
  j: (at) => reach(entries[Math.min(at + 1, entries.length - 1)]),
  k: (at) => reach(entries[Math.max(at - 1, 0)]),
  x: (at) => entries[at].querySelector("input").click(),
  m: (at) => entries[at].querySelector("a").click(),
  p: () => form.requestSubmit(),
};

if (form) {
  form.querySelector("[data-keys-help]").hidden = false;
  form.addEventListener("keydown", (event) => {
    const act = acts[event.key.toLowerCase()];
    const at = entries.findIndex((entry) => entry.contains(document.activeElement));
    if (!act || at < 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    act(at);
  });
}
