// Short news. Good news goes by itself, an error stays until it is closed.
import { say } from "./words.js";

const STAYS = 5000;
const place = document.getElementById("toasts");
const SIGNS = {
  kept: '<circle cx="12" cy="12" r="10"/><path d="m9 12 2 2 4-4"/>',
  late: '<circle cx="12" cy="12" r="10"/><path d="M12 8v4M12 16h.01"/>',
};
const CROSS = '<path d="M18 6 6 18M6 6l12 12"/>';

function drawing(strokes) {
  const holder = document.createElement("template");
  holder.innerHTML = `<svg class="icon" width="16" height="16" viewBox="0 0 24 24" aria-hidden="true">${strokes}</svg>`;
  return holder.content.firstChild;
}

/** Shows a text; tone is kept, soon or late. */
export function toast(text, tone = "kept") {
  if (!place || !text) return;
  const box = document.createElement("div");
  box.className = `toast toast-${tone}`;
  box.dataset.toast = "";
  const words = document.createElement("span");
  words.className = "grow";
  words.textContent = text;
  const close = document.createElement("button");
  close.type = "button";
  close.dataset.toastClose = "";
  close.setAttribute("aria-label", say("close"));
  close.append(drawing(CROSS));
  box.append(drawing(SIGNS[tone] || SIGNS.late), words, close);
  place.append(box);
}

function letGo(box) {
  if (box.classList.contains("toast-late") || box.dataset.going) return;
  box.dataset.going = "yes";
  setTimeout(() => box.matches(":hover, :focus-within") || box.remove(), STAYS);
}

if (place) {
  place.querySelectorAll("[data-toast]").forEach(letGo);
  new MutationObserver(() => place.querySelectorAll("[data-toast]").forEach(letGo)).observe(place, { childList: true });
}
document.addEventListener("click", (event) => event.target.closest("[data-toast-close]")?.closest("[data-toast]").remove());
document.addEventListener("toast", (event) => toast(event.detail.text, event.detail.tone));
