/**
 * The line to the server: a socket that comes back with its cursor, and a slower question by HTTP when
 * the socket stays away. It knows nothing of the page; `says` and `tells` are told what happens.
 */
import { afterClose, backoff, isNews, read } from "./rules.js";

const WITHOUT = 30_000; // without a socket for this long, ask by HTTP, and again after each such while
const STEADY = 5_000; // a socket that lived this long starts the waiting over
const SHORT_BREAK = 1_500; // a break that heals by itself in this time is not worth a word

export class Line {
  /**
   * @param {object} to
   * @param {number} to.cursor - where the page's rows end
   * @param {(cursor: number) => WebSocket} to.open - opens a socket from a cursor
   * @param {(cursor: number) => Promise<object[]|"sign-in"|null>} to.ask - the messages after a cursor
   * @param {(state: string) => void} to.says - live, lost, paused, reload, sign-in
   * @param {(message: object) => void} to.tells - one message, each once and in order
   */
  constructor({ cursor, open, ask, says, tells }) {
    Object.assign(this, { cursor, open, ask, says, tells });
    this.tries = 0;
    this.wanted = false;
  }

  /** Opens the line, or opens it again at once. */
  start() {
    this.wanted = true;
    this.#clear();
    this.#drop();
    this.asking = setInterval(() => this.#askInstead(), WITHOUT);
    this.#connect();
  }

  /** Closes the line and says why; the cursor stays, so nothing is missed. */
  stop(state) {
    this.wanted = false;
    this.#clear();
    this.#drop();
    if (state) this.says(state);
  }

  /** Whether a socket is open now. */
  get isOpen() {
    return this.socket?.readyState === 1;
  }

  #connect() {
    const socket = this.open(this.cursor);
    this.socket = socket;
    socket.onopen = () => {
      clearTimeout(this.complaint);
      this.complaint = null;
      this.steady = setTimeout(() => (this.tries = 0), STEADY);
      this.says("live");
    };
    socket.onmessage = (event) => {
      const message = read(event.data);
      if (message) this.#take(message);
    };
    socket.onclose = (event) => {
      if (socket === this.socket) this.#lost(event.code);
    };
  }

  #take(message) {
    if (message.kind === "reset") {
      this.cursor = message.cursor;
      this.says("reset");
      return;
    }
    if (!isNews(message, this.cursor)) return;
    this.cursor = message.cursor;
    this.tells(message);
  }

  #lost(code) {
    this.socket = null;
    clearTimeout(this.steady);
    const next = afterClose(code);
    if (next !== "again") {
      this.stop(next);
      return;
    }
    this.complaint ??= setTimeout(() => this.says("lost"), SHORT_BREAK);
    this.again = setTimeout(() => this.#connect(), backoff(this.tries));
    this.tries += 1;
  }

  async #askInstead() {
    if (this.isOpen) return;
    const answer = await this.ask(this.cursor);
    if (answer === "sign-in") this.stop("sign-in");
    else if (answer && this.wanted) for (const message of answer) this.#take(message);
  }

  #drop() {
    const socket = this.socket;
    this.socket = null;
    socket?.close(1000);
  }

  #clear() {
    for (const timer of [this.again, this.steady, this.complaint]) clearTimeout(timer);
    clearInterval(this.asking);
    this.complaint = null;
  }
}
