// What waits in the browser until the server has said that it holds it.
import assert from "node:assert/strict";
import { beforeEach, mock, test } from "node:test";
import { database, server } from "./browser.js";
import { first, hold, send, waiting, watch } from "./queue.js";

const LOST = new TypeError("Failed to fetch");
const idea = (key, body = `Idée ${key}`) => ({ key, url: "/a/ABCDEF", fields: { key, body } });
const bodies = async () => (await waiting()).map((one) => one.fields.body);

beforeEach(() => {
  globalThis.indexedDB = database();
});

test("a sending that the server holds no longer waits", async () => {
  const asked = server([201, { receipt: "AB12", url: "/recu/AB12" }]);
  const outcome = await send(await hold(idea("k1")), "jeton");
  assert.deepEqual(outcome, { state: "sent", receipt: "AB12", url: "/recu/AB12" });
  assert.deepEqual(asked, [{ url: "/a/ABCDEF", fields: { key: "k1", body: "Idée k1", csrf_token: "jeton" } }]);
  assert.deepEqual(await waiting(), []);
});

test("a sending without a network waits, and says that it is late when it goes again", async () => {
  server(LOST);
  assert.deepEqual(await send(await hold(idea("k1")), "jeton"), { state: "waiting" });
  const asked = server([200, { token: "frais" }], [201, {}]);
  assert.equal((await send(await first())).state, "sent");
  assert.equal(asked[0].url, "/jeton");
  assert.equal(asked[1].fields.queued, "y");
  assert.equal(asked[1].fields.csrf_token, "frais");
});

test("a token that has expired is asked for again", async () => {
  const asked = server([400, {}], [200, { token: "frais" }], [201, {}]);
  assert.equal((await send(await hold(idea("k1")), "vieux")).state, "sent");
  assert.deepEqual(asked.map(({ url, fields }) => fields?.csrf_token ?? url), ["vieux", "/jeton", "frais"]);
});

for (const status of [408, 429, 500, 503]) {
  test(`an answer ${status} leaves the sending for later`, async () => {
    server([status, {}]);
    assert.deepEqual(await send(await hold(idea("k1")), "jeton"), { state: "waiting" });
    assert.equal((await first()).key, "k1");
  });
}

test("what the server refuses stays with the reason, and is not sent again", async () => {
  server([422, { text: "Votre idée est vide" }]);
  const outcome = await send(await hold(idea("k1")), "jeton");
  assert.equal(outcome.state, "refused");
  assert.equal((await waiting())[0].refused, "Votre idée est vide");
  assert.equal(await first(), undefined);
});

test("a key that belongs to other words on the server is drawn again", async () => {
  const taken = [409, { kind: "IdempotencyError" }];
  const asked = server(taken, [200, { token: "frais" }], [201, { receipt: "AB12" }]);
  assert.equal((await send(await hold(idea("k1")), "jeton")).receipt, "AB12");
  assert.notEqual(asked[2].fields.key, "k1");
  assert.equal(asked[2].fields.body, "Idée k1");
  assert.deepEqual(await waiting(), []);
});

test("a sending is never put over other words with the same key", async () => {
  await hold(idea("k1", "Un bus"));
  assert.notEqual((await hold(idea("k1", "Un dentiste"))).key, "k1");
  assert.equal((await hold(idea("k1", "Un bus"))).key, "k1");
  assert.deepEqual((await bodies()).sort(), ["Un bus", "Un dentiste"]);
});

test("what waits is in the order in which it was written", async () => {
  await hold({ ...idea("a", "La seconde"), at: 2 });
  await hold({ ...idea("b", "La première"), at: 1 });
  assert.deepEqual(await bodies(), ["La première", "La seconde"]);
});

test("what waits leaves one after the other, until the network is lost again", async () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  globalThis.addEventListener = () => {};
  globalThis.document = { addEventListener() {} };
  Object.defineProperty(globalThis, "navigator", { value: {}, configurable: true });
  for (const key of ["k1", "k2", "k3"]) await hold({ ...idea(key), at: Number(key[1]) });
  const asked = server([200, { token: "t" }], [201, {}], [200, { token: "t" }], LOST);
  const told = [];
  await watch(({ key }, { state }) => told.push([key, state]));
  assert.deepEqual(told, [["k1", "sent"], ["k2", "waiting"]]);
  assert.equal(asked.length, 4);
  assert.deepEqual(await bodies(), ["Idée k2", "Idée k3"]);
});
