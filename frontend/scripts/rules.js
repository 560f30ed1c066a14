/** The live line's rules, with nothing of the page in them. */

const SHORTEST = 200;
const LONGEST = 30_000;

/** How long to wait before the next try, in ms: 0.2 s doubling to 30 s, by half as much again at random. */
export function backoff(tries, random = Math.random) {
  const whole = Math.min(LONGEST, SHORTEST * 2 ** Math.min(tries, 30));
  return Math.round(whole * (0.5 + random() / 2));
}

/** What a closed socket means: "reload" and "sign-in" stop the line, everything else comes back. */
export function afterClose(code) {
  if (code === 4400) return "reload";
  if (code === 4401) return "sign-in";
  return "again";
}

/** A message as four plain fields, or null when it is not one of ours. */
export function read(text) {
  let message;
  try {
    message = JSON.parse(text);
  } catch {
    return null;
  }
  const { cursor, kind, id = "", url = "" } = message ?? {};
  if (!Number.isSafeInteger(cursor) || typeof kind !== "string") return null;
  return { cursor, kind, id: String(id), url: String(url) };
}

/** Whether a message is news to somebody who has read up to `cursor`. */
export function isNews(message, cursor) {
  return message.cursor > cursor;
}

/** Whether a message tells of a thing that was there before. */
export function isChange(kind) {
  return kind.endsWith(".changed");
}
