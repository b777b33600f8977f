// Sends each photo as it is chosen, made smaller on the phone; without this it goes with the whole form.
(() => {
  const EDGE = 1600;
  const smaller = async (file) => {
    try {
      const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" });
      const scale = Math.min(1, EDGE / Math.max(bitmap.width, bitmap.height));
      const canvas = Object.assign(document.createElement("canvas"), {
        width: Math.max(1, Math.round(bitmap.width * scale)),
        height: Math.max(1, Math.round(bitmap.height * scale)),
      });
      canvas.getContext("2d").drawImage(bitmap, 0, 0, canvas.width, canvas.height);
      const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.85));
      return blob && blob.size < file.size ? new File([blob], "photo.jpg", { type: "image/jpeg" }) : file;
    } catch {
      return file; // what the phone cannot read, the server says
    }
  };
  const tell = (part, state) => {
    for (const note of part.querySelectorAll("[data-state]")) note.hidden = note.dataset.state !== state;
  };
  const send = async (part, body) => {
    tell(part, "busy");
    let answer;
    try {
      answer = await fetch(part.dataset.address, { method: "POST", body });
    } catch {
      tell(part, "wait");
      addEventListener("online", () => send(part, body), { once: true });
      return;
    }
    if (answer.status === 409) return location.reload();
    const box = document.createElement("div");
    box.innerHTML = await answer.text();
    const fresh = box.querySelector("[data-photos]");
    if (answer.status < 500 && fresh) part.replaceWith(fresh);
    else tell(part, "wait");
  };
  const body = (form) => {
    const data = new FormData();
    data.append("began", form.elements.began.value);
    return data;
  };
  for (const form of document.querySelectorAll("form[data-part]")) {
    form.addEventListener("change", async (event) => {
      const part = event.target.closest("[data-photos]");
      if (!part || event.target.type !== "file") return;
      const files = [...event.target.files];
      event.target.value = ""; // sent here, not again with the form
      tell(part, "busy");
      const data = body(form);
      for (const file of files) data.append(part.dataset.photos, await smaller(file));
      if (files.length) await send(part, data);
    }, { capture: true });
    form.addEventListener("click", (event) => {
      const drop = event.target.closest("[data-drop]");
      if (!drop) return;
      const data = body(form);
      data.append("drop", drop.dataset.drop);
      send(drop.closest("[data-photos]"), data);
    });
  }
})();
