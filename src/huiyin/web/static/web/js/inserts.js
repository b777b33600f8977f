// A button with data-inserts="selector" and data-text puts its text into that field, where one was writing.
document.addEventListener("click", (event) => {
  const button = event.target.closest("[data-inserts]");
  const field = button && document.querySelector(button.dataset.inserts);
  if (!field) return;
  const before = field.value.slice(0, field.selectionStart);
  const gap = before && !before.endsWith("\n") ? "\n" : "";
  field.setRangeText(gap + button.dataset.text, field.selectionStart, field.selectionEnd, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
  field.focus();
});
