// What the staff type stays in this tab until the server has it; leaving it unsaved asks; typing keeps the session.
import { element } from "./dom.js";
import { recall, remember } from "./draft.js";

const MINUTE = 60_000;
const OTHERS = ["hidden", "password", "file", "checkbox", "radio", "search", "submit"];
const { account } = document.querySelector("[data-account]").dataset;
const sent = `${account} envoi`;
const forms = [...document.querySelectorAll("form[method=post]:not([data-send])")];
const isTyped = (one) => one.name && "value" in one && !one.readOnly && !OTHERS.includes(one.type);
const fieldsOf = ({ elements }) => [...elements].filter(isTyped);
const given = new Map(forms.flatMap(fieldsOf).map((field) => [field, field.value]));
const changed = (form) => fieldsOf(form).filter((field) => field.value !== given.get(field));
const nameOf = (form) => `${account} ${new URL(form.getAttribute("action") || location, location).pathname}`;
const unsent = document.querySelector("[data-unsent]"); // given back by the server, not received yet
let [leaving, gesture] = [false, Date.now()];

// Words go back to their field if the server has kept nothing else there; if it has, they are shown beside.
function restore(form) {
  for (const [name, words, before] of recall("sessionStorage", nameOf(form)) ?? []) {
    const field = fieldsOf(form).find((one) => one.name === name);
    const ours = [words, before].includes(field?.value);
    const told = ours ? "Repris de cet onglet : pas encore enregistré." : `Vous aviez écrit : ${words}`;
    (field ?? form.querySelector("dl"))?.after(element("p", { className: "sm-meta" }, told));
    field?.closest("details")?.setAttribute("open", "");
    if (ours) given.set(Object.assign(field, { value: words }), before);
  }
}

const { responseStatus = 200 } = performance.getEntriesByType("navigation")[0];
if (responseStatus < 400 && !unsent) remember("sessionStorage", recall("sessionStorage", sent), null);
forms.forEach(restore);
addEventListener("input", ({ target: { form } }) => {
  const words = forms.includes(form) && changed(form).map((one) => [one.name, one.value, given.get(one)]);
  if (words) remember("sessionStorage", nameOf(form), words.length ? words : null);
  if (Date.now() - gesture < MINUTE) return;
  gesture = Date.now();
  fetch("/jeton", { method: "HEAD" }).catch(() => {}); // without a network, the draft stays
});
addEventListener("submit", ({ target, defaultPrevented }) => {
  leaving = !defaultPrevented;
  remember("sessionStorage", sent, nameOf(target));
  if (target.dataset.account) sessionStorage.clear(); // whoever comes next to this tab finds nothing
});
addEventListener("beforeunload", (event) => {
  if (!leaving && (unsent || forms.some((form) => changed(form).length))) event.preventDefault();
});
