// Keys of every page: search, help, go to, and whatever a button names in data-hotkey.
import { isCommand, isTyping, keyOf } from "./typing.js";

const PATIENCE = 1200;
let goingUntil = 0;

function press(selector) {
  const found = document.querySelector(selector);
  if (!found) return false;
  found.focus();
  found.click();
  return true;
}

function act(key) {
  if (Date.now() < goingUntil) {
    goingUntil = 0;
    return press(`[data-go="${CSS.escape(key)}"]`);
  }
  if (key === "g") {
    goingUntil = Date.now() + PATIENCE;
    return true;
  }
  if (key === "/") {
    const search = document.querySelector("[data-search]");
    search?.focus();
    search?.select();
    return Boolean(search);
  }
  if (key === "?") return press('[data-opens="#keys-help"]');
  if (key === "[") return press("[data-fold-nav]");
  if (key === "n" && press("a[data-next]")) return true;
  return press(`[data-hotkey="${CSS.escape(key)}"]:not([disabled])`);
}

document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && isTyping(event.target) && !event.isComposing) event.target.blur();
  if (isCommand(event) && act(keyOf(event))) event.preventDefault();
});
