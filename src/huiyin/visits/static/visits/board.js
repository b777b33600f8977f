// The week's board: a card is dragged to another place; what the rules say of it shows before it is let go.
import { toast } from "../web/js/toasts.js";
import { say } from "../web/js/words.js";

const ROOT = "[data-board]";
const HEADERS = { Accept: "application/json", "X-CSRFToken": JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"] };
let dragged = null; // { card, verdicts }
let bubble = null;

const board = () => document.querySelector(ROOT);
const address = (name, visit) => board().dataset[name].replace("/0/", `/${visit}/`);
const slotAt = (target) => target.closest?.(".plan-slot[data-place]");

function tell(text) {
  if (text === (bubble?.textContent ?? "")) return;
  bubble?.remove();
  bubble = null;
  board().querySelector("[data-board-says]").textContent = text;
  if (!text) return;
  bubble = document.createElement("div");
  bubble.className = "board-says";
  bubble.textContent = text;
  document.body.append(bubble);
}

async function ask(visit) {
  const people = [...board().querySelectorAll("[data-person]")].map((row) => row.dataset.person).join(",");
  const answer = await fetch(`${address("places", visit)}?people=${people}`, { headers: HEADERS });
  return answer.ok ? answer.json() : null;
}

function colour(verdicts) {
  for (const slot of board().querySelectorAll(".plan-slot[data-place]")) {
    slot.classList.toggle("is-no", slot.dataset.place in verdicts.no);
    slot.classList.toggle("is-soft", slot.dataset.place in verdicts.soft);
  }
}

function letGo() {
  dragged?.card.classList.remove("is-dragged");
  dragged = null;
  tell("");
  board()?.classList.remove("is-dragging");
  board()?.querySelectorAll(".is-target, .is-no, .is-soft").forEach((slot) => slot.classList.remove("is-target", "is-no", "is-soft"));
}

document.addEventListener("dragstart", (event) => {
  const card = event.target.closest?.(`${ROOT} .plan-card[data-visit]`);
  if (!card) return;
  const mine = (dragged = { card, verdicts: null });
  event.dataTransfer.effectAllowed = "move";
  event.dataTransfer.setData("text/plain", card.textContent.trim());
  card.classList.add("is-dragged");
  board().classList.add("is-dragging");
  ask(card.dataset.visit).then((verdicts) => {
    if (dragged !== mine || !verdicts) return;
    mine.verdicts = verdicts;
    colour(verdicts);
  }, () => toast(say("offline"), "late"));
});

document.addEventListener("dragover", (event) => {
  if (!dragged) return;
  const slot = slotAt(event.target);
  const refused = slot && dragged.verdicts?.no[slot.dataset.place];
  if (slot && !refused) event.preventDefault();
  board().querySelectorAll(".is-target").forEach((other) => other !== slot && other.classList.remove("is-target"));
  slot?.classList.add("is-target");
  tell(refused || (slot && dragged.verdicts?.soft[slot.dataset.place]) || "");
});

document.addEventListener("drop", (event) => {
  const slot = dragged && slotAt(event.target);
  if (!slot) return;
  event.preventDefault();
  const { card } = dragged;
  letGo();
  if (slot.dataset.place !== card.dataset.seen) move(card, slot);
});

document.addEventListener("dragend", () => dragged && letGo());

/** The board as it is now, with what others have moved. */
async function lookAgain() {
  const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  board().replaceWith(document.adoptNode(page.querySelector(ROOT)));
}

async function move(card, slot) {
  const form = new FormData();
  form.set("to", slot.dataset.place);
  form.set("seen", card.dataset.seen);
  form.set("once", crypto.randomUUID());
  card.classList.add("is-dragged");
  try {
    const answer = await fetch(address("move", card.dataset.visit), { method: "POST", body: form, headers: HEADERS });
    const said = await answer.json();
    toast(said.text, answer.ok ? "kept" : "late");
    await lookAgain();
  } catch {
    card.classList.remove("is-dragged");
    toast(say("failed"), "late");
  }
}
