// Keeps each answer as it is given; the page works the same without this.
(() => {
  const form = document.querySelector("form[data-part]");
  if (!form) return;
  let sent = false;
  const keep = () => {
    if (sent) return;
    const body = new FormData(form);
    for (const input of form.querySelectorAll("[type=file]")) body.delete(input.name);
    const late = () => addEventListener("online", keep, { once: true });
    fetch(form.dataset.part, { method: "POST", body, keepalive: true }).catch(late);
  };
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
