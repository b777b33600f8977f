// A field to sign in with the finger: what is drawn goes with the form as a small PNG.
for (const box of document.querySelectorAll("[data-sign]")) {
  const field = box.querySelector("canvas");
  const kept = box.querySelector("input[name=signature]");
  const pen = field.getContext("2d");
  let drawing = false;
  const place = (event) => {
    const at = field.getBoundingClientRect();
    return [((event.clientX - at.left) * field.width) / at.width, ((event.clientY - at.top) * field.height) / at.height];
  };
  const clear = () => {
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, field.width, field.height);
    kept.value = "";
  };
  pen.lineWidth = 4;
  pen.lineCap = "round";
  pen.lineJoin = "round";
  pen.strokeStyle = "#111";
  const before = kept.value;
  clear();
  if (before.startsWith("data:image/png")) {
    const picture = new Image();
    picture.onload = () => pen.drawImage(picture, 0, 0);
    picture.src = before;
    kept.value = before;
  }
  field.addEventListener("pointerdown", (event) => {
    event.preventDefault();
    field.setPointerCapture(event.pointerId);
    drawing = true;
    pen.beginPath();
    pen.moveTo(...place(event));
  });
  field.addEventListener("pointermove", (event) => {
    if (!drawing) return;
    pen.lineTo(...place(event));
    pen.stroke();
  });
  const end = () => {
    if (!drawing) return;
    drawing = false;
    kept.value = field.toDataURL("image/png");
  };
  field.addEventListener("pointerup", end);
  field.addEventListener("pointercancel", end);
  box.querySelector("[data-clear]").addEventListener("click", clear);
}
