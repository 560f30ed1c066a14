/** Desks: the live line, and lists that say what arrived. */
import { startLive } from "./live.js";
import { startList } from "./live-list.js";

const element = document.querySelector("[data-live]");
if (element) {
  for (const list of document.querySelectorAll("[data-live-list]")) {
    startList(list, Number(element.dataset.cursor) || 0);
  }
  startLive(element);
}
