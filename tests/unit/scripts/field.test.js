// The counter under a field, and the guard that points out personal data while one writes.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { afterEach, beforeEach, mock, test } from "node:test";
import { field, page, server } from "./browser.js";
import { say } from "./dom.js";
import { count, guard } from "./field.js";

const RULES = JSON.parse(readFileSync(new URL("rules.json", import.meta.url)));
const ANYWAY = { name: "the button inside the note" };
const WORDS = {
  left: { one: "%(num)s caractère restant", other: "%(num)s caractères restants" },
  most: { one: "%(num)s caractère au plus", other: "%(num)s caractères au plus" },
  over: { one: "%(num)s caractère de trop", other: "%(num)s caractères de trop" },
};
let [note, mark] = [null, null];

// A field of a form that the guard may hold.
function written(value, warned = "") {
  const form = field({ elements: { warned: { value: warned } } });
  return field({ value, form, setSelectionRange(start, end) { this.selected = value.slice(start, end); } });
}

function press(one, submitter = null) {
  const event = Object.assign(new Event("submit", { cancelable: true }), { submitter });
  one.form.dispatchEvent(event);
  return event.defaultPrevented;
}

function type(one, text) {
  one.value = text;
  one.dispatchEvent(new Event("input"));
}

// The answer of the server takes a few turns of the event loop.
async function settled() {
  for (let turn = 0; turn < 20; turn += 1) await new Promise(setImmediate);
}

beforeEach(() => {
  mock.timers.enable({ apis: ["setTimeout"] });
  mark = { textContent: "" };
  note = { dataset: { guard: "/garde.json" }, hidden: true, textContent: "" };
  Object.assign(note, { querySelector: () => mark, contains: (one) => one === ANYWAY, focus: mock.fn() });
  globalThis.document = { ...page("fr", WORDS), querySelector: () => note, activeElement: null };
});
afterEach(() => mock.timers.reset());

test("the counter says what is left, then what is too long", () => {
  const one = field({ id: "body", dataset: { counter: "1200" }, value: "" });
  count(one);
  assert.match(note.textContent, /^1\s200 caractères au plus$/);
  type(one, "Un bus");
  assert.match(note.textContent, /^1\s194 caractères restants$/);
  type(one, "a".repeat(1203));
  assert.equal(note.textContent, "3 caractères de trop");
  type(one, "a".repeat(1201));
  assert.equal(note.textContent, "1 caractère de trop");
});

test("a message is in the plural form of the page's language, with digits that everyone here reads", () => {
  const one = { zero: "%(num)s zero", one: "one", two: "two", few: "%(num)s few", many: "%(num)s many", other: "other" };
  Object.assign(globalThis.document, page("ar", { left: one, sent: "%(code)s" }));
  assert.deepEqual([0, 1, 2, 3, 1100].map((num) => say("left", { num })), ["0 zero", "one", "two", "3 few", "other"]);
  assert.equal(say("left", { num: 11 }), "11 many");
  assert.equal(say("sent", { code: "ABCD" }), "ABCD");
});

test("the rules are asked for once, when somebody is about to write", async () => {
  const asked = server([200, RULES]);
  const one = written("");
  guard(one);
  assert.equal(asked.length, 0);
  one.dispatchEvent(new Event("focus"));
  await settled();
  for (const [text, hidden] of [["Mme Durand attend", false], ["Un bus le soir", true]]) {
    type(one, text);
    mock.timers.tick(1000);
    assert.equal(note.hidden, hidden, text);
  }
  assert.deepEqual(asked.map(({ url }) => url), ["/garde.json"]);
});

test("words that are there already are read at once", async () => {
  server([200, RULES]);
  guard(written("Appelez Mme Durand"));
  await settled();
  assert.equal(note.hidden, false);
  assert.equal(mark.textContent, "Mme Durand");
});

test("a name stops the first press only, and is selected", async () => {
  server([200, RULES]);
  const one = written("Appelez Mme Durand");
  guard(one);
  assert.equal(press(one), false); // the rules have not come: the server reads them
  await settled();
  assert.equal(press(one), true);
  assert.equal(one.selected, "Mme Durand");
  assert.equal(note.focus.mock.callCount(), 1);
  assert.equal(press(one), false);
});

test("« Envoyer quand même » leaves at once, and says that the names were seen", async () => {
  server([200, RULES]);
  const one = written("Appelez Mme Durand");
  guard(one);
  await settled();
  assert.equal(press(one, ANYWAY), false);
  assert.equal(one.form.elements.warned.value, "y"); // a first press still under way carries it too
});

test("a language is chosen without a word about names", async () => {
  server([200, RULES]);
  const one = written("Appelez Mme Durand");
  guard(one);
  await settled();
  assert.equal(press(one, { name: "lang" }), false);
  assert.equal(one.form.elements.warned.value, "");
});

test("a text without a name, and one that the server has stopped, leave at once", async () => {
  for (const one of [written("Un bus le soir"), written("Appelez Mme Durand", "y")]) {
    server([200, RULES]);
    guard(one);
    await settled();
    assert.equal(press(one), false);
  }
});

test("rules that did not come are asked for again", async () => {
  const asked = server(new TypeError("Failed to fetch"), [503, {}], [200, RULES]);
  const one = written("");
  guard(one);
  for (let turn = 1; turn <= 3; turn += 1) {
    type(one, "Appelez Mme Durand");
    await settled();
    assert.equal(asked.length, turn);
    assert.equal(note.hidden, turn < 3);
  }
});

test("a page without the guard asks for nothing", () => {
  const asked = server();
  globalThis.document.querySelector = () => null;
  guard(written("Mme Durand"));
  assert.equal(asked.length, 0);
});
