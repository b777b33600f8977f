// Number keys score the active question; the next unanswered one becomes active by itself.
import { isCommand, keyOf } from "./typing.js";

function dials() {
  return [...document.querySelectorAll("[data-dial]")].filter((dial) => dial.offsetParent !== null && !dial.disabled);
}

function active(all) {
  const focused = document.activeElement?.closest?.("[data-dial]");
  if (focused) return focused;
  return all.find((dial) => !dial.querySelector("input:checked")) || null;
}

function mark() {
  const all = dials();
  const here = active(all);
  for (const dial of all) dial.classList.toggle("is-active", dial === here);
}

function score(dial, number) {
  const input = dial.querySelector(`input[value="${CSS.escape(number)}"]`);
  if (!input) return false;
  input.checked = true;
  input.dispatchEvent(new Event("input", { bubbles: true }));
  input.dispatchEvent(new Event("change", { bubbles: true }));
  const all = dials();
  const next = all[all.indexOf(dial) + 1];
  if (next && !next.querySelector("input:checked")) next.querySelector("input").focus({ preventScroll: false });
  else document.activeElement?.blur?.();
  mark();
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isCommand(event) || !/^[0-9]$/.test(keyOf(event))) return;
  const dial = active(dials());
  if (dial && score(dial, keyOf(event))) event.preventDefault();
});
document.addEventListener("focusin", mark);
document.addEventListener("change", mark);
document.addEventListener("htmx:afterSettle", mark);
mark();
