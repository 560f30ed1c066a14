/** Sign-in pages: lets people show the password that they type. */
import { PasswordInput } from "govuk-frontend/dist/govuk/components/password-input/password-input.mjs";
import { start } from "./start.js";

start([PasswordInput]);
