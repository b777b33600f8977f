// The command bar (Ctrl K or ⌘ K): what can be done on this page, where one can go, and whatever the search finds. Without this
// file the search box and the buttons do the same.
import { keyOf } from "./typing.js";

const bar = document.getElementById("command");
const PATIENCE = 180;
const MOST = 8;
let waiting = 0;
let asked = "";

const words = (element) => (element.dataset.command || element.getAttribute("aria-label") || element.textContent).replace(/\s+/g, " ").trim();
const label = (element) => {
  const copy = element.cloneNode(true);
  for (const part of copy.querySelectorAll("kbd, svg, .key, .count, [hidden]")) part.remove();
  return words(copy);
};
const shown = (element) => element.offsetParent !== null && !element.disabled;

function doings() {
  const buttons = document.querySelectorAll("main .actions .btn, main [aria-label] > a.btn, main [data-hotkey], main [data-command]");
  return [...new Set(buttons)].filter((one) => shown(one) && label(one));
}

const places = () => [...document.querySelectorAll("[data-go]")];

function option(element, text) {
  const made = document.createElement("button");
  made.type = "button";
  made.className = "command-option";
  made.tabIndex = -1;
  made.setAttribute("role", "option");
  const name = document.createElement("span");
  name.className = "grow cut";
  name.textContent = text;
  made.append(name);
  const key = element.dataset.hotkey || (element.dataset.go && `g ${element.dataset.go}`);
  if (key) {
    const hint = document.createElement("kbd");
    hint.className = "key";
    hint.textContent = key;
    made.append(hint);
  }
  made.onclick = () => {
    bar.close();
    element.focus();
    element.click();
  };
  return made;
}

function fill(place, elements, text) {
  const fitting = elements.filter((one) => !text || label(one).toLowerCase().includes(text)).slice(0, MOST);
  place.replaceChildren();
  if (!fitting.length) return;
  const head = document.createElement("p");
  head.className = "command-group";
  head.textContent = place.dataset.label;
  place.append(head, ...fitting.map((one) => option(one, label(one))));
}

const options = () => [...bar.querySelectorAll("[role=option]")];

function mark(to) {
  const all = options();
  const chosen = all[(to + all.length) % all.length];
  for (const each of all) each.setAttribute("aria-selected", String(each === chosen));
  chosen?.scrollIntoView({ block: "nearest" });
}

const marked = () => options().findIndex((one) => one.getAttribute("aria-selected") === "true");

async function find(text) {
  asked = text;
  const place = bar.querySelector("[data-found]");
  if (!text) return place.replaceChildren();
  const answer = await fetch(`${bar.dataset.hits}?q=${encodeURIComponent(text)}`).catch(() => null);
  if (!answer?.ok || asked !== text || answer.url.includes("/accounts/login/")) return;
  place.innerHTML = await answer.text();
  if (marked() < 0) mark(0);
}

function look() {
  const text = bar.querySelector("input").value.trim();
  fill(bar.querySelector("[data-doings]"), doings(), text.toLowerCase());
  fill(bar.querySelector("[data-places]"), places(), text.toLowerCase());
  mark(0);
  clearTimeout(waiting);
  waiting = setTimeout(() => find(text), text ? PATIENCE : 0);
}

function open() {
  const field = bar.querySelector("input");
  field.value = "";
  bar.querySelector("[data-found]").replaceChildren();
  bar.showModal();
  look();
}

function pressed(event) {
  if (event.isComposing) return;
  const here = marked();
  if (event.key === "ArrowDown") mark(here + 1);
  else if (event.key === "ArrowUp") mark(here - 1);
  else if (event.key === "Enter" && !event.ctrlKey && !event.metaKey && here >= 0) options()[here].click();
  else return;
  event.preventDefault();
  event.stopPropagation();
}

if (bar) {
  document.addEventListener("keydown", (event) => {
    const called = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && keyOf(event).toLowerCase() === "k";
    if (!called) return;
    event.preventDefault();
    if (bar.open) bar.close();
    else if (!document.querySelector("dialog[open]")) open();
  });
  bar.addEventListener("input", (event) => event.isComposing || look());
  bar.addEventListener("compositionend", look);
  bar.addEventListener("keydown", pressed);
}

// The sheet of keys names those of this page as well.
document.addEventListener("click", (event) => {
  const place = document.querySelector("[data-page-keys]");
  if (!place || !event.target.closest('[data-opens="#keys-help"]')) return;
  const keyed = [...document.querySelectorAll("main [data-hotkey]")].filter(shown);
  place.replaceChildren(
    ...keyed.flatMap((one) => {
      const key = document.createElement("kbd");
      key.className = "key";
      key.textContent = one.dataset.hotkey;
      const name = document.createElement("span");
      name.textContent = label(one);
      return [key, name];
    }),
  );
});
