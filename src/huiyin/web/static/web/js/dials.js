// Number keys score the active question; the next unanswered one becomes active by itself. On a scale up to 10 the keys
// 1 and 0 in quick succession are 10.
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

const QUICKLY = 900; // milliseconds between the 1 and the 0 of a 10
let one = { dial: null, at: 0 };

// The question that the key before scored with 1, if this key makes it 10.
function becomesTen(key) {
  const meant = key === "0" && performance.now() - one.at < QUICKLY ? one.dial : null;
  return meant?.isConnected && meant.querySelector('input[value="10"]') ? meant : null;
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
  const key = keyOf(event);
  const ten = becomesTen(key);
  const dial = ten || active(dials());
  one = { dial: key === "1" ? dial : null, at: performance.now() };
  if (dial && score(dial, ten ? "10" : key)) event.preventDefault();
});
document.addEventListener("focusin", mark);
document.addEventListener("change", mark);
document.addEventListener("htmx:afterSettle", mark);
mark();
