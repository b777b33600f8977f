// data-opens="#id" opens a dialog, data-closes closes it; data-ask="…" asks before a form is sent.
const ask = document.getElementById("ask");

function question(text, yes) {
  ask.querySelector("[data-ask-text]").textContent = text;
  ask.returnValue = "no";
  ask.onclose = () => ask.returnValue === "yes" && yes();
  ask.showModal();
}

document.addEventListener("click", (event) => {
  const opener = event.target.closest("[data-opens]");
  if (opener) document.querySelector(opener.dataset.opens)?.showModal();
  if (event.target.closest("[data-closes]")) event.target.closest("dialog")?.close();
  if (event.target.matches?.("dialog.drawer, dialog.dialog")) event.target.close();
});

document.addEventListener(
  "submit",
  (event) => {
    const text = event.submitter?.dataset.ask || event.target.dataset.ask;
    if (!text || event.target.dataset.asked) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    question(text, () => {
      event.target.dataset.asked = "yes";
      event.target.requestSubmit(event.submitter);
      delete event.target.dataset.asked;
    });
  },
  true,
);

document.addEventListener("htmx:confirm", (event) => {
  if (!event.detail.question) return;
  event.preventDefault();
  question(event.detail.question, () => event.detail.issueRequest(true));
});
