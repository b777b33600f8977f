// Keeps each answer as it is given, also over a lost connection; the page works the same without this.
(() => {
  const form = document.querySelector("form[data-part]");
  if (!form) return;
  const lost = form.querySelector("[data-lost]");
  let sent = false;
  let waiting = false;
  const keep = async () => {
    if (sent) return;
    const body = new FormData(form);
    for (const input of form.querySelectorAll("[type=file]")) body.delete(input.name); // photos go their own way
    waiting = true;
    try {
      await fetch(form.dataset.part, { method: "POST", body, keepalive: true });
      waiting = false;
      lost.hidden = true;
    } catch {
      lost.hidden = false;
    }
  };
  form.addEventListener("change", keep);
  addEventListener("online", () => { if (waiting) keep(); });
  form.addEventListener("submit", (event) => {
    if (sent || !navigator.onLine) {
      event.preventDefault();
      lost.hidden = sent;
      waiting = waiting || !sent;
      return;
    }
    sent = true;
  });
  addEventListener("pageshow", () => { sent = false; });
})();
