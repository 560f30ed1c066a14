/**
 * A list that hears of arrivals. They are counted and offered, and never pushed in under a hand: no
 * focus and no scrolling moves unless somebody presses a button. The rows are our own server's markup.
 */
import { isChange } from "./rules.js";

/** Rows from the list's own address, or null when they could not be had. */
async function fetchRows(list, query) {
  const address = new URL(list.dataset.liveSrc, location.href);
  for (const [name, value] of Object.entries(query)) address.searchParams.set(name, value);
  try {
    const answer = await fetch(address.pathname + address.search, {
      headers: { Accept: "text/html" },
      redirect: "error", // to a sign-in page, which is no row
    });
    if (answer.status === 404) return [];
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return [...page.querySelectorAll("[data-id]")].map((row) => document.adoptNode(row));
  } catch {
    return null;
  }
}

function rowOf(list, id) {
  return [...list.querySelectorAll("[data-id]")].find((row) => row.dataset.id === id);
}

function makeButton(words, classes) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = classes;
  button.textContent = words;
  return button;
}

/** What somebody ticked in a row stays ticked when the row is drawn anew. */
function keepTicks(from, to) {
  for (const box of from.querySelectorAll("input:checked[id]")) {
    const same = to.querySelector(`#${CSS.escape(box.id)}`);
    if (same) same.checked = true;
  }
}

class LiveList {
  constructor(list, cursor) {
    this.list = list;
    this.cursor = Number(list.dataset.cursor) || cursor; // where the rows shown here end
    this.newest = this.cursor;
    this.arrived = new Map(); // id: cursor, of what is offered and not shown
    this.kinds = new Set((list.dataset.liveKinds ?? "").split(/\s+/).filter(Boolean));
    this.box = list.closest("section, main").querySelector("[data-arrived]");
    this.drawing = this.box.querySelector("template")?.content.querySelector("svg");
  }

  hear({ cursor, kind, id }) {
    if (!this.kinds.has(kind)) return;
    const shown = rowOf(this.list, id);
    if (shown && isChange(kind)) this.change(shown);
    if (shown || isChange(kind)) return;
    this.newest = Math.max(this.newest, cursor);
    this.arrived.set(id, cursor);
    this.offer();
  }

  /** Says how many arrived; the button is made once, so that it keeps the focus it may have. */
  offer() {
    const say = this.box.dataset;
    const count = this.arrived.size;
    if (!count) {
      this.box.replaceChildren();
      return;
    }
    if (!this.words) {
      this.words = document.createElement("span");
      this.press = makeButton(say.sayShow, "govuk-button hd-button--small");
      this.press.addEventListener("click", () => this.showArrivals());
    }
    this.words.textContent =
      count === 1 ? say.sayOne : say.sayMore.replace("%{count}", String(count));
    if (!this.words.isConnected) {
      const frame = document.createElement("div");
      frame.className = "hd-arrived";
      const said = document.createElement("span");
      said.className = "hd-row";
      said.append(...(this.drawing ? [this.drawing] : []), this.words);
      frame.append(said, this.press);

      this.box.replaceChildren(frame);
    }
  }

  async showArrivals() {
    const upTo = this.newest;
    const rows = await fetchRows(this.list, { after: this.cursor });
    if (rows === null) {
      this.words.textContent = this.box.dataset.sayFailed;
      return;
    }
    const fresh = rows.filter((row) => !rowOf(this.list, row.dataset.id));
    this.list.prepend(...fresh);
    for (const place of document.querySelectorAll("[data-live-empty]")) place.hidden = true;
    this.cursor = upTo;
    // What came while the rows were on their way still counts, unless it came with them.
    for (const [id, cursor] of this.arrived) {
      if (cursor <= upTo || rowOf(this.list, id)) this.arrived.delete(id);
    }
    this.offer();
    const first = fresh[0] ?? this.list;
    first.tabIndex = -1;
    first.focus();
  }

  async change(row) {
    if (row.contains(document.activeElement)) this.markChanged(row);
    else await this.redraw(row);
  }

  async redraw(row) {
    const rows = await fetchRows(this.list, { id: row.dataset.id });
    if (rows === null) return null;
    // Somebody may have come to the row while it was fetched: then it waits for them.
    if (row.contains(document.activeElement) && !("asked" in row.dataset)) {
      this.markChanged(row);
      return null;
    }
    const [fresh] = rows;
    if (!fresh) {
      row.remove();
      return null;
    }
    keepTicks(row, fresh);
    row.replaceWith(fresh);
    return fresh;
  }

  markChanged(row) {
    if (row.querySelector("[data-changed]")) return;
    const note = document.createElement("p");
    note.dataset.changed = "";
    note.setAttribute("role", "status");
    const button = makeButton(this.box.dataset.sayChanged, "hd-quiet-button");
    button.addEventListener("click", async () => {
      row.dataset.asked = "";
      const fresh = (await this.redraw(row)) ?? this.list;
      fresh.tabIndex = -1;
      fresh.focus();
    });
    row.append(note);
    note.append(button);
  }
}

/** Lets a list with `data-live-list` hear of what arrives after `cursor`. */
export function startList(list, cursor) {
  const live = new LiveList(list, cursor);
  document.addEventListener("heard:live", (event) => live.hear(event.detail));
  return live;
}
