/** The receipt's buttons: they only work with a script, so the script adds them. */

function button(words, classes) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = classes;
  made.textContent = words;
  return made;
}

/** Marks the number and copies it the old way, where the new way is missing or refused. */
function copyByHand(code) {
  const range = document.createRange();
  range.selectNodeContents(code);
  const selection = window.getSelection();
  selection.removeAllRanges();
  selection.addRange(range);
  return document.execCommand("copy");
}

async function copy(code) {
  const digits = code.textContent.replace(/\s+/g, " ").trim();
  try {
    await navigator.clipboard.writeText(digits);
    return true;
  } catch {
    return copyByHand(code);
  }
}

/** Adds "Copy the number" and "Print" to a receipt, and says aloud what came of copying. */
export function addReceiptButtons(place) {
  const code = place.closest("section").querySelector("[data-receipt]");
  const copyButton = button(place.dataset.copy, "govuk-button hd-button--small");
  const printButton = button(
    place.dataset.print,
    "govuk-button govuk-button--secondary hd-button--small",
  );
  const said = document.createElement("span");
  said.setAttribute("role", "status");
  said.className = "hd-small";
  copyButton.addEventListener("click", async () => {
    said.textContent = "";
    const copied = await copy(code);
    said.textContent = copied ? place.dataset.copied : place.dataset.copyFailed;
  });
  printButton.addEventListener("click", () => window.print());
  place.append(copyButton, printButton, said);
}
