// A form is sent once: the second click does nothing (the server would not do it twice either).
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== "post" || form.hasAttribute("hx-post")) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  for (const button of form.querySelectorAll("button:not([type=button])")) button.setAttribute("aria-disabled", "true");
  document.documentElement.classList.add("is-busy");
});

// Coming back by the browser's arrow: the form may be sent again.
addEventListener("pageshow", () => {
  document.documentElement.classList.remove("is-busy");
  for (const form of document.querySelectorAll("form[data-sent]")) {
    delete form.dataset.sent;
    for (const button of form.querySelectorAll("[aria-disabled]")) button.removeAttribute("aria-disabled");
  }
});

// Ctrl+Enter sends the form one is writing in; a filter acts when it is changed.
document.addEventListener("keydown", (event) => {
  if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) event.target.closest("form")?.requestSubmit();
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-auto] select, [data-auto] input[type=date], [data-auto] input[type=checkbox]")) {
    event.target.form.requestSubmit();
  }
});
