// Chips count down each minute. The server's text is the truth; this keeps it fresh between two pages.
import { say } from "./words.js";

const skew = (() => {
  const server = document.querySelector("[data-now]");
  return server ? Date.parse(server.dateTime) - Date.now() : 0;
})();

function span(milliseconds) {
  const minutes = Math.max(0, Math.floor(milliseconds / 60000));
  if (minutes < 60) return say("minutes", { m: minutes });
  if (minutes < 1440) return say("hours", { h: Math.floor(minutes / 60), m: minutes % 60 });
  return say("days", { d: Math.floor(minutes / 1440), h: Math.floor((minutes % 1440) / 60) });
}

const SIGNS = {
  soon: '<path d="M5 22h14M5 2h14M17 22v-4.172a2 2 0 0 0-.586-1.414L12 12l-4.414 4.414A2 2 0 0 0 7 17.828V22M7 2v4.172a2 2 0 0 0 .586 1.414L12 12l4.414-4.414A2 2 0 0 0 17 6.172V2"/>',
  late: '<circle cx="12" cy="12" r="10"/><path d="M12 8v4M12 16h.01"/>',
};

function refresh(chip, now) {
  const due = Date.parse(chip.dataset.due);
  const tone = now > due ? "late" : chip.dataset.warn && now >= Date.parse(chip.dataset.warn) ? "soon" : "due";
  chip.querySelector(".clock-left").textContent = say(tone === "late" ? "over" : "left", { n: span(Math.abs(due - now)) });
  if (tone === "due" || chip.classList.contains(`clock-${tone}`)) return;
  chip.classList.remove("clock-due", "clock-soon");
  chip.classList.add(`clock-${tone}`);
  chip.querySelector(".icon").innerHTML = SIGNS[tone];
}

function tick() {
  const now = Date.now() + skew;
  for (const chip of document.querySelectorAll("[data-due]")) refresh(chip, now);
  const shown = document.querySelector("[data-now]");
  const zone = document.documentElement.dataset.zone;
  if (shown && zone) {
    const time = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: zone }).format(now);
    shown.textContent = shown.textContent.replace(/\d{2}:\d{2}/, time);
  }
}

setTimeout(() => {
  tick();
  setInterval(tick, 60000);
}, 60000 - ((Date.now() + skew) % 60000));
