// While an @ is typed in a field with data-mentions, colleagues are offered below it; the server reads the text all the same.
const TYPED = /(?:^|[^A-Za-z0-9._%+-])@([^\s@()（）]{1,20})$/u;
const PATIENCE = 150;
let waiting = 0;
let list = null;

function close() {
  clearTimeout(waiting);
  list?.remove();
  list = null;
}

function begun(field) {
  return TYPED.exec(field.value.slice(0, field.selectionStart))?.[1];
}

async function offer(field) {
  const text = begun(field);
  if (!text) return close();
  const answer = await fetch(`${field.dataset.mentions}?q=${encodeURIComponent(text)}`, { headers: { "HX-Request": "true" } });
  if (!answer.ok || begun(field) !== text) return;
  close();
  list = document.createElement("div");
  list.className = "mention-list";
  list.setAttribute("role", "listbox");
  list.innerHTML = await answer.text();
  list.field = field;
  field.after(list);
  mark(0);
}

function choices() {
  return list ? [...list.querySelectorAll("[data-mention]")] : [];
}

function mark(step) {
  const all = choices();
  const here = Math.max(0, all.findIndex((one) => one.ariaSelected === "true"));
  all.forEach((one) => (one.ariaSelected = "false"));
  const next = all[(here + step + all.length) % all.length];
  if (next) next.ariaSelected = "true";
}

function take(choice) {
  const field = list.field;
  const end = field.selectionStart;
  const start = end - begun(field).length - 1;
  field.setRangeText(`${choice.dataset.mention} `, start, end, "end");
  close();
  field.focus();
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

document.addEventListener("input", (event) => {
  const field = event.target.closest?.("[data-mentions]");
  if (!field || event.isComposing) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => offer(field), PATIENCE);
});
document.addEventListener("compositionend", (event) => event.target.closest?.("[data-mentions]") && offer(event.target));

document.addEventListener(
  "keydown",
  (event) => {
    if (!list || event.target !== list.field || event.isComposing) return;
    const chosen = choices().find((one) => one.ariaSelected === "true");
    if (event.key === "ArrowDown") mark(1);
    else if (event.key === "ArrowUp") mark(-1);
    else if (event.key === "Escape") close();
    else if ((event.key === "Enter" || event.key === "Tab") && chosen && !event.ctrlKey && !event.metaKey) take(chosen);
    else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  },
  true,
);
document.addEventListener("click", (event) => {
  const choice = event.target.closest("[data-mention]");
  if (choice && list?.contains(choice)) take(choice);
  else if (list && !list.contains(event.target)) close();
});
