// The workstation by keyboard: Ctrl+Enter saves from anywhere, l asks for a time to call back, the talk is timed.
import "./choosing.js";
import { isCommand, keyOf } from "../web/js/typing.js";

const station = document.querySelector("[data-workstation]");
const form = document.getElementById("work");
const later = form?.querySelector("[data-later]");
const again = form?.elements.again_at;

function save() {
  form.requestSubmit(form.querySelector("[data-save]"));
}

document.addEventListener("keydown", (event) => {
  if (!form || document.querySelector("dialog[open]")) return;
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
    event.preventDefault();
    event.stopImmediatePropagation();
    save();
  } else if (event.key === "Enter" && (event.target === again || event.target.closest(".keep-hour"))) {
    event.preventDefault();
    later.click();
  } else if (isCommand(event) && keyOf(event) === "l") {
    event.preventDefault();
    again.focus();
  }
}, true);

// A low score leads to its follow-up question at once.
form?.addEventListener("change", (event) => {
  if (!event.target.matches("input[data-low], .mood-dissatisfied input, .mood-angry input")) return;
  const probe = event.target.closest(".question")?.querySelector(".probe input");
  if (probe) setTimeout(() => probe.focus(), 0);
});

// Enter in a follow-up goes on with the next question.
form?.addEventListener("keydown", (event) => {
  if (event.key !== "Enter" || event.ctrlKey || !event.target.closest(".probe")) return;
  event.preventDefault();
  event.target.blur();
});

const clock = form?.querySelector("[data-talk-time]");
const began = Date.parse(station?.dataset.began || "");
if (clock && began) {
  const [long, over] = [Number(clock.dataset.long), Number(clock.dataset.over)];
  const tick = () => {
    const seconds = Math.max(0, Math.round((Date.now() - began) / 1000));
    if (seconds > 2700) return;
    clock.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    clock.classList.toggle("is-long", seconds > long);
    clock.classList.toggle("is-over", seconds > over);
  };
  tick();
  setInterval(tick, 1000);
}
