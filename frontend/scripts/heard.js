/**
 * What every page gets on top of working without any of this: GOV.UK's behaviour for the pieces that
 * are on the page, and the buttons of a receipt.
 */
import { Button } from "govuk-frontend/dist/govuk/components/button/button.mjs";
import { CharacterCount } from "govuk-frontend/dist/govuk/components/character-count/character-count.mjs";
import { Checkboxes } from "govuk-frontend/dist/govuk/components/checkboxes/checkboxes.mjs";
import { ErrorSummary } from "govuk-frontend/dist/govuk/components/error-summary/error-summary.mjs";
import { ExitThisPage } from "govuk-frontend/dist/govuk/components/exit-this-page/exit-this-page.mjs";
import { SkipLink } from "govuk-frontend/dist/govuk/components/skip-link/skip-link.mjs";
import { addReceiptButtons } from "./receipt.js";
import { start } from "./start.js";

// Exit first: it matters most, and an error in another must not stop it.
start([ExitThisPage, ErrorSummary, CharacterCount, Checkboxes, Button, SkipLink]);
for (const place of document.querySelectorAll("[data-receipt-acts]")) addReceiptButtons(place);
