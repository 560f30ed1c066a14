import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Line } from "./line.js";

/** A line whose sockets are opened, fed and closed by hand, under a clock that is moved by hand. */
function setUp({ answers = [] } = {}) {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const seen = { opened: [], said: [], told: [], asked: [] };
  const sockets = [];
  const line = new Line({
    cursor: 10,
    open: (cursor) => {
      seen.opened.push(cursor);
      const socket = { readyState: 0, close: (code) => (socket.closed = code) };
      sockets.push(socket);
      return socket;
    },
    ask: async (cursor) => {
      seen.asked.push(cursor);
      return answers.shift() ?? [];
    },
    says: (state) => seen.said.push(state),
    tells: (message) => seen.told.push(message.cursor),
  });
  const last = () => sockets.at(-1);
  return {
    line,
    ...seen,
    sockets,
    opens: () => {
      last().readyState = 1;
      last().onopen();
    },
    hears: (cursor, kind = "referral.created") =>
      last().onmessage({ data: JSON.stringify({ cursor, kind, id: "1", url: "" }) }),
    breaks: (code) => {
      last().readyState = 3;
      last().onclose({ code });
    },
  };
}

const settled = () => new Promise((resolve) => setImmediate(resolve));

test("a line starts from the page's cursor and comes back from the last it heard", () => {
  const it = setUp();
  it.line.start();
  it.opens();
  it.hears(11);
  it.hears(14);
  it.breaks(1012);
  mock.timers.tick(200);
  assert.deepEqual(it.opened, [10, 14]);
  assert.deepEqual(it.told, [11, 14]);
});

test("what was heard before is not told again", () => {
  const it = setUp();
  it.line.start();
  it.opens();
  for (const cursor of [11, 11, 10, 12, 9, 12]) it.hears(cursor);
  assert.deepEqual(it.told, [11, 12]);
});

test("a break that heals at once is not mentioned, and a longer one is", () => {
  const it = setUp();
  it.line.start();
  it.opens();
  it.breaks(1006);
  mock.timers.tick(200);
  it.opens();
  assert.deepEqual(it.said, ["live", "live"]);
  it.breaks(1006);
  mock.timers.tick(400);
  it.breaks(1006);
  mock.timers.tick(1500);
  assert.equal(it.said.at(-1), "lost");
});

test("the line stops where coming back is of no use", () => {
  for (const [code, state] of [[4400, "reload"], [4401, "sign-in"]]) {
    const it = setUp();
    it.line.start();
    it.opens();
    it.breaks(code);
    mock.timers.tick(120_000);
    assert.equal(it.said.at(-1), state);
    assert.equal(it.opened.length, 1);
    assert.deepEqual(it.asked, []);
  }
});

test("a pause closes the socket, hears nothing, and loses nothing", () => {
  const it = setUp();
  it.line.start();
  it.opens();
  it.hears(11);
  it.line.stop("paused");
  assert.equal(it.sockets[0].closed, 1000);
  it.sockets[0].onclose({ code: 1000 });
  mock.timers.tick(120_000);
  assert.deepEqual([it.opened.length, it.said.at(-1)], [1, "paused"]);
  it.line.start();
  assert.deepEqual(it.opened, [10, 11]);
});

test("without a socket for half a minute the line asks by HTTP, and the socket later repeats nothing", async () => {
  const answers = [[{ cursor: 11, kind: "a", id: "", url: "" }, { cursor: 13, kind: "a", id: "", url: "" }]];
  const it = setUp({ answers });
  it.line.start();
  it.breaks(1006);
  mock.timers.tick(30_000);
  await settled();
  assert.deepEqual([it.asked, it.told], [[10], [11, 13]]);
  it.opens();
  for (const cursor of [11, 13, 14]) it.hears(cursor);
  assert.deepEqual(it.told, [11, 13, 14]);
  mock.timers.tick(60_000);
  await settled();
  assert.equal(it.asked.length, 1);
});

test("a person who is signed out meanwhile is shown the way back", async () => {
  const it = setUp({ answers: ["sign-in"] });
  it.line.start();
  it.breaks(1006);
  mock.timers.tick(30_000);
  await settled();
  assert.equal(it.said.at(-1), "sign-in");
});

test("a reset moves the cursor, even backwards, and is said", () => {
  const it = setUp();
  it.line.start();
  it.opens();
  it.hears(4, "reset");
  assert.equal(it.said.at(-1), "reset");
  it.hears(5);
  assert.deepEqual(it.told, [5]);
});
