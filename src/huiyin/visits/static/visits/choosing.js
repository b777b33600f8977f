// A result that has finer ones opens its choice: numbers and letters choose, Enter logs it.
import { isTyping, keyOf } from "../web/js/typing.js";

document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-chooses]");
  const chooser = button && document.getElementById(button.dataset.chooses);
  if (!chooser) return;
  event.preventDefault();
  chooser.showModal();
  chooser.querySelector("[data-default]")?.focus();
});

function choose(chooser, key) {
  const found = chooser.querySelector(`[data-choice="${CSS.escape(key)}"], [data-key="${CSS.escape(key)}"]`);
  if (!found) return false;
  found.click();
  if (found.dataset.focus) chooser.querySelector(found.dataset.focus).focus();
  return true;
}

document.addEventListener("keydown", (event) => {
  const chooser = document.querySelector("dialog.chooser[open]");
  if (!chooser || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const key = keyOf(event);
  if (key === "Enter" && !event.target.matches("button:not([data-default])")) {
    event.preventDefault();
    event.stopImmediatePropagation();
    chooser.querySelector("[data-default]").click();
  } else if (!isTyping(event.target) && choose(chooser, key)) {
    event.preventDefault();
    event.stopImmediatePropagation();
  }
}, true);
