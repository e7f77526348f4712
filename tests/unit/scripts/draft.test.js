// The draft of a form, and what tells that the same words were sent already.
import assert from "node:assert/strict";
import { beforeEach, test } from "node:test";
import { field, storage } from "./browser.js";
import { forgetDraft, keepDraft, rememberSent, sentBefore } from "./draft.js";

// A form as the server gives it: empty unless its words were refused, always with the same key.
function opened(body = "") {
  const elements = { body: field({ value: body }), key: { value: "page" } };
  keepDraft({ dataset: { queueName: "ABCDEF" }, elements });
  return elements;
}

function type({ body }, text) {
  body.value = text;
  body.dispatchEvent(new Event("input"));
}

beforeEach(() => {
  for (const name of ["localStorage", "sessionStorage"]) {
    Object.defineProperty(globalThis, name, { value: storage(), configurable: true });
  }
});

test("the words of a closed tab come back with their key", () => {
  const before = opened();
  type(before, "Un bus le soir");
  const after = opened();
  assert.equal(after.body.value, "Un bus le soir");
  assert.equal(after.key.value, before.key.value);
});

test("each opening draws a key of its own", () => {
  const keys = new Set([opened().key.value, opened().key.value, "page"]);
  assert.equal(keys.size, 3);
});

test("the words that the server shows again stand over the draft", () => {
  type(opened(), "Un bus le soir");
  assert.equal(opened("Un bus le dimanche").body.value, "Un bus le dimanche");
});

test("nothing stays of words that were erased or sent", () => {
  type(opened(), "Un bus le soir");
  type(opened(), "");
  assert.equal(localStorage.kept.size, 0);
  type(opened(), "Un bus le soir");
  forgetDraft("ABCDEF");
  assert.equal(localStorage.kept.size, 0);
});

test("the same words at the same place are known again, without being kept", () => {
  const sending = (body, url = "/a/ABCDEF") => ({ url, key: "k1", fields: { body } });
  rememberSent(sending("Un bus le soir"));
  assert.equal(sentBefore(sending("Un bus le soir")), "k1");
  assert.equal(sentBefore(sending("Un bus le matin")), null);
  assert.equal(sentBefore(sending("Un bus le soir", "/a/GHJKLM")), null);
  assert.doesNotMatch([...sessionStorage.kept.values()].join(), /bus/);
});

test("a browser that refuses storage only loses the draft", () => {
  for (const name of ["localStorage", "sessionStorage"]) {
    const get = () => {
      throw new Error("SecurityError");
    };
    Object.defineProperty(globalThis, name, { get, configurable: true });
  }
  const elements = opened();
  type(elements, "Un bus le soir");
  assert.notEqual(elements.key.value, "page");
  assert.equal(opened().body.value, "");
  rememberSent({ url: "/a/ABCDEF", key: "k1", fields: { body: "Un bus" } });
  assert.equal(sentBefore({ url: "/a/ABCDEF", fields: { body: "Un bus" } }), null);
});
