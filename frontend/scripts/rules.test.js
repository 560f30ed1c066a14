import assert from "node:assert/strict";
import { test } from "node:test";
import { afterClose, backoff, isChange, isNews, read } from "./rules.js";

test("waiting doubles from 0.2 s to 30 s and stays there", () => {
  const most = () => 1;
  assert.deepEqual(
    [0, 1, 2, 3, 7, 8, 100].map((tries) => backoff(tries, most)),
    [200, 400, 800, 1600, 25600, 30000, 30000],
  );
});

test("waiting differs by chance, and is never less than half", () => {
  assert.equal(backoff(3, () => 0), 800);
  assert.equal(backoff(3, () => 0.5), 1200);
  for (let n = 0; n < 1000; n += 1) assert.ok(backoff(2) >= 400 && backoff(2) <= 800);
});

test("two codes stop the line and every other brings it back", () => {
  assert.equal(afterClose(4400), "reload");
  assert.equal(afterClose(4401), "sign-in");
  for (const code of [1000, 1001, 1006, 1012, 1013, 4408, undefined]) {
    assert.equal(afterClose(code), "again");
  }
});

test("only a message above the cursor is news", () => {
  assert.equal(isNews({ cursor: 8 }, 7), true);
  assert.equal(isNews({ cursor: 7 }, 7), false);
  assert.equal(isNews({ cursor: 6 }, 7), false);
});

test("a message is four plain fields, and anything else is nothing", () => {
  const sent = { cursor: 9, kind: "referral.created", id: "4", url: "/api/v1/referrals/4/" };
  assert.deepEqual(read(JSON.stringify({ ...sent, text: "words" })), sent);
  assert.deepEqual(read('{"cursor": 9, "kind": "reset"}'), { cursor: 9, kind: "reset", id: "", url: "" });
  for (const bad of ["", "null", "[]", "{", '{"cursor": "9", "kind": "x"}', '{"cursor": 9}', "7"]) {
    assert.equal(read(bad), null);
  }
});

test("a change is told from an arrival by its name", () => {
  assert.equal(isChange("referral.changed"), true);
  assert.equal(isChange("referral.created"), false);
});
