import assert from "node:assert/strict";
import { test } from "node:test";
import postcss from "postcss";
import logical from "./logical.js";

const turned = (css) => postcss([logical()]).process(css, { from: undefined }).css;

test("sides become start and end", () => {
  assert.equal(turned("a{margin-left:1px;right:0}"), "a{margin-inline-start:1px;inset-inline-end:0}");
  assert.equal(turned("a{border-top-right-radius:4px}"), "a{border-start-end-radius:4px}");
});

test("text and floats turn round with the writing", () => {
  assert.equal(turned("a{text-align:left;float:right}"), "a{text-align:start;float:inline-end}");
});

test("a shorthand with two different sides is split, and others are left alone", () => {
  assert.equal(
    turned("a{padding:1px 2px 3px calc(4px + 1px)}"),
    "a{padding-block:1px 3px;padding-inline:calc(4px + 1px) 2px}",
  );
  assert.equal(turned("a{margin:0 auto;padding:1px 2px 3px 2px}"), "a{margin:0 auto;padding:1px 2px 3px 2px}");
});
