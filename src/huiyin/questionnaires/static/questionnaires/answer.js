// Keeps each answer as it is given; the page works the same without this.
(() => {
  const form = document.querySelector("form[data-part]");
  if (!form) return;
  let sent = false;
  const keep = () => {
    if (!sent) fetch(form.dataset.part, { method: "POST", body: new FormData(form), keepalive: true }).catch(() => {});
  };
  form.addEventListener("change", keep);
  form.addEventListener("submit", (event) => {
    if (sent) event.preventDefault();
    sent = true;
  });
  window.addEventListener("pageshow", () => { sent = false; });
})();
