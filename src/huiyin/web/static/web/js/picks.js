// Rows are chosen by box, by x on the row one stands on, or all at once; Shift chooses a stretch. The form works without this.
import { isCommand, keyOf } from "./typing.js";

let last = null;
const picks = () => [...document.querySelectorAll("[data-pick]")];

function count() {
  const chosen = picks().filter((box) => box.checked);
  for (const row of document.querySelectorAll("[data-row]")) row.classList.toggle("is-picked", Boolean(row.querySelector("[data-pick]:checked")));
  for (const place of document.querySelectorAll("[data-picked-count]")) {
    place.hidden = !chosen.length;
    place.textContent = String(chosen.length);
  }
  for (const all of document.querySelectorAll("[data-pick-all]")) {
    all.checked = chosen.length > 0 && chosen.length === picks().length;
    all.indeterminate = chosen.length > 0 && !all.checked;
  }
  for (const button of document.querySelectorAll("[data-picked]")) button.disabled = !chosen.length;
}

document.addEventListener("click", (event) => {
  const box = event.target.closest?.("[data-pick]");
  if (!box) return;
  const all = picks();
  if (event.shiftKey && last && all.includes(last)) {
    const [from, to] = [all.indexOf(last), all.indexOf(box)].sort((a, b) => a - b);
    for (const each of all.slice(from, to + 1)) each.checked = box.checked;
  }
  last = box;
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-pick-all]")) for (const box of picks()) box.checked = event.target.checked;
  if (event.target.matches("[data-pick-all], [data-pick]")) count();
});
document.addEventListener("keydown", (event) => {
  if (!isCommand(event) || keyOf(event) !== "x") return;
  const box = document.activeElement?.closest?.("[data-row]")?.querySelector("[data-pick]");
  if (!box) return;
  box.checked = !box.checked;
  last = box;
  count();
  event.preventDefault();
});
document.addEventListener("htmx:afterSettle", count);
addEventListener("pageshow", count);
if (picks().length) count();
