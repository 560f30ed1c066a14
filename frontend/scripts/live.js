/**
 * The page's live line: shows its state, lets people pause it, and tells the page what came as a
 * `heard:live` event on the document, with {cursor, kind, id, url} and never anybody's words.
 */
import { Line } from "./line.js";
import { read } from "./rules.js";

const PAGES = 20; // of notifications asked for at one time, so that a long absence cannot loop for ever

function open(cursor) {
  const scheme = location.protocol === "https:" ? "wss:" : "ws:";
  return new WebSocket(`${scheme}//${location.host}/ws/live/?since=${cursor}`);
}

async function ask(cursor) {
  const found = [];
  let next = `/api/v1/notifications/?since=${cursor}`;
  try {
    for (let page = 0; next && page < PAGES; page += 1) {
      const address = new URL(next, location.href);
      const answer = await fetch(address.pathname + address.search, {
        headers: { Accept: "application/json" },
      });
      if (answer.status === 401) return "sign-in";
      if (!answer.ok) break;
      const body = await answer.json();
      for (const row of body.results) found.push(read(JSON.stringify(row)));
      next = body.next;
    }
  } catch {
    // Still no line: what came so far is told, and the next time asks on from there.
  }
  return found.filter(Boolean).sort((one, other) => one.cursor - other.cursor);
}

/** Whether somebody has written or ticked something that loading the page again would lose. */
function hasUnsent() {
  return [...document.querySelectorAll("textarea, input, select")].some((control) => {
    if (control.type === "checkbox" || control.type === "radio") {
      return control.checked !== control.defaultChecked;
    }
    if (control.options) {
      return [...control.options].some((option) => option.selected !== option.defaultSelected);
    }
    return control.type !== "hidden" && control.value !== control.defaultValue;
  });
}

function offer(place, words, address) {
  const link = document.createElement("a");
  link.href = address;
  link.textContent = words;
  place.replaceChildren(link);
}

/** Says the line's state in the page's own words. */
function show(element, state) {
  const place = element.querySelector("[data-live-words]");
  const words = element.dataset;
  element.classList.toggle("hd-live--lost", state !== "live" && state !== "paused");
  element.classList.toggle("hd-live--on", state === "live");
  if (state === "reload") offer(place, words.sayReload, location.href);
  else if (state === "sign-in") {
    const back = encodeURIComponent(location.pathname + location.search);
    offer(place, words.saySignIn, `${words.signIn}?next=${back}`);
  } else {
    const says = { live: words.sayLive, lost: words.sayLost, paused: words.sayPaused };
    place.textContent = says[state];
  }
}

function addPause(element, line) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "hd-quiet-button";
  button.textContent = element.dataset.sayPause;
  button.setAttribute("aria-pressed", "false");
  button.addEventListener("click", () => {
    const paused = button.getAttribute("aria-pressed") !== "true";
    button.setAttribute("aria-pressed", String(paused));
    if (paused) line.stop("paused");
    else line.start();
  });
  element.after(button);
  return button;
}

/** Starts the line for an element that has `data-live` and `data-cursor`. */
export function startLive(element) {
  let line = null;
  let stale = false;
  const says = (state) => {
    if (state === "reset" && !hasUnsent()) location.reload();
    stale ||= state === "reset";
    const ended = state === "sign-in" || state === "reload";
    if (ended) pause.remove();
    show(element, stale && !ended ? "reload" : state);
  };
  const tells = (detail) => document.dispatchEvent(new CustomEvent("heard:live", { detail }));
  line = new Line({ cursor: Number(element.dataset.cursor) || 0, open, ask, says, tells });
  const pause = addPause(element, line);
  const wake = () => {
    if (line.wanted && !line.isOpen) line.start();
  };
  window.addEventListener("online", wake);
  document.addEventListener("visibilitychange", () => !document.hidden && wake());
  line.start();
  return line;
}
