// Light and dark switch at once; the server keeps the choice.
document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-theme-form]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  const theme = event.submitter.value;
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  for (const button of form.querySelectorAll("button")) button.setAttribute("aria-pressed", String(button === event.submitter));
  document.dispatchEvent(new CustomEvent("theme"));
  fetch(form.action, { method: "POST", body: new FormData(form, event.submitter), redirect: "manual" });
});
