// A talk that looks for news by itself, sends each line once, and says when the other side types.
// Without this file lines go as plain forms. A talk that ends under somebody's hands leaves them their words.
(() => {
  const box = document.querySelector("[data-chat]");
  if (!box) return;
  const lines = box.querySelector("[data-lines]");
  const sign = box.querySelector("[data-types]");
  const waits = box.querySelector("[data-waits]");
  const form = box.querySelector("form[data-say]");
  const every = Number(box.dataset.every) * 1000;
  let last = Number(box.dataset.last);
  let timer = 0;
  let looking = false;
  let again = false;
  let told = 0;
  let over = box.hasAttribute("data-over");

  const down = () => { lines.scrollTop = lines.scrollHeight; };
  const later = () => { timer = setTimeout(look, document.hidden ? every * 4 : every); };

  async function look() {
    if (looking) { again = true; return; }
    clearTimeout(timer);
    looking = true;
    try {
      const answer = await fetch(`${box.dataset.news}?after=${last}`, { headers: { "X-Requested-With": "fetch" } });
      if (answer.ok && show(await answer.json())) return;
    } catch { /* no connection: the next look may have one */ }
    looking = false;
    if (again) { again = false; look(); } else later();
  }

  // True when the talk is over: nothing more is looked for.
  function show(found) {
    if (found.last > last) {
      lines.insertAdjacentHTML("beforeend", found.html);
      last = found.last;
      down();
    }
    sign.hidden = !found.types;
    if (waits) waits.hidden = !found.waits;
    if (found.over) end();
    return found.over;
  }

  // The page loads itself anew, unless words stand in the box: they stay, with what can be done with them.
  function end() {
    over = true;
    if (!form || !form.elements.text.value.trim()) { location.reload(); return; }
    for (const each of box.querySelectorAll("[data-ended]")) each.hidden = false;
    for (const each of box.querySelectorAll("[data-live]")) each.hidden = true;
    sign.hidden = true;
    if (waits) waits.hidden = true;
    problem("");
    down();
  }

  function fresh() {
    return Array.from(crypto.getRandomValues(new Uint8Array(16)), (one) => one.toString(16).padStart(2, "0")).join("");
  }

  function problem(text) {
    const place = form.querySelector("[data-problem]");
    place.textContent = text;
    place.hidden = !text;
  }

  async function send() {
    const words = form.elements.text;
    if (!words.value.trim() || form.dataset.busy) return;
    form.dataset.busy = "yes";
    try {
      const answer = await fetch(form.dataset.say, { method: "POST", body: new FormData(form), headers: { "X-Requested-With": "fetch" } });
      const found = answer.ok || answer.status === 422 ? await answer.json() : { problem: box.dataset.unsent };
      problem(found.problem);
      // A line that was taken gets a successor; one that was not keeps its key, so that sending it again is the same line.
      if (!found.problem) {
        words.value = "";
        if (over) { location.reload(); return; }
        (form.elements.key || form.elements.once).value = fresh();
        look();
      }
    } catch {
      problem(box.dataset.unsent);
    }
    delete form.dataset.busy;
    words.focus();
  }

  function types() {
    if (over || Date.now() - told < 4000) return;
    told = Date.now();
    const proof = form.elements.csrfmiddlewaretoken;
    fetch(box.dataset.typing, { method: "POST", headers: proof ? { "X-CSRFToken": proof.value } : {} }).catch(() => {});
  }

  down();
  if (form) {
    form.addEventListener("submit", (event) => {
      if (over) return;
      event.preventDefault();
      send();
    });
    form.elements.text.addEventListener("input", types);
    form.elements.text.addEventListener("keydown", (event) => {
      if (over || event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      send();
    });
  }
  if (!over) {
    later();
    document.addEventListener("visibilitychange", () => { if (!document.hidden && !over) look(); });
  }
})();
