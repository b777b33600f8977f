// j and k walk the rows of a list, Enter or o opens the row's first link. A row is anything with data-row.
import { isCommand, keyOf } from "./typing.js";

function rows() {
  return [...document.querySelectorAll("[data-row]")].filter((row) => row.offsetParent !== null);
}

function walk(step) {
  const all = rows();
  if (!all.length) return false;
  const here = all.findIndex((row) => row.contains(document.activeElement));
  const next = all[here < 0 ? (step > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + step))];
  if (next.tabIndex < 0 && !next.hasAttribute("tabindex")) next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "nearest" });
  return true;
}

document.addEventListener("keydown", (event) => {
  if (!isCommand(event)) return;
  const key = keyOf(event);
  if ((key === "j" && walk(1)) || (key === "k" && walk(-1))) event.preventDefault();
  const row = document.activeElement?.closest?.("[data-row]");
  if ((event.key === "Enter" || key === "o") && row && row === document.activeElement) row.querySelector("a[href], button")?.click();
});

// A click on a row's empty part opens it as well, unless text is being selected.
document.addEventListener("click", (event) => {
  const row = event.target.closest("[data-row][data-open]");
  if (!row || event.target.closest("a, button, input, label, select, summary")) return;
  if (!String(getSelection())) row.querySelector("a[href]")?.click();
});
