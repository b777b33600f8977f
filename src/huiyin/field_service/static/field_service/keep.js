// What is typed on site stays on the phone until the server has taken it: a lost network loses no words.
const OWN = "huiyin-site:";
const fields = (form) =>
  [...form.elements].filter((each) => each.name && !["hidden", "file", "submit", "button"].includes(each.type));
const read = (key) => {
  try {
    return JSON.parse(localStorage.getItem(OWN + key) || "null");
  } catch {
    return null;
  }
};
const taken = new URLSearchParams(location.search).get("taken");
if (taken) localStorage.removeItem(OWN + taken);
for (const each of document.querySelectorAll("[data-forgets]")) localStorage.removeItem(OWN + each.dataset.forgets);

const restore = (form, kept) => {
  for (const each of fields(form)) {
    const value = kept[each.name];
    if (value === undefined) continue;
    if (each.type === "checkbox") each.checked = value === "on";
    else if (each.type === "radio") each.checked = each.value === value;
    else each.value = value;
  }
};
const keep = (form) => {
  const values = {};
  for (const each of fields(form)) {
    if (each.type === "checkbox") values[each.name] = each.checked ? "on" : "";
    else if (each.type !== "radio" || each.checked) values[each.name] = each.value;
  }
  localStorage.setItem(OWN + form.dataset.keep, JSON.stringify(values));
};
for (const form of document.querySelectorAll("form[data-keep]")) {
  const kept = read(form.dataset.keep);
  if (kept && !document.querySelector("[role=alert], .field-error")) restore(form, kept);
  form.addEventListener("input", () => keep(form));
  form.addEventListener(
    "submit",
    (event) => {
      keep(form);
      const note = form.querySelector("[data-offline]");
      if (note) note.hidden = navigator.onLine;
      if (!navigator.onLine) {
        event.preventDefault();
        event.stopImmediatePropagation();
      }
    },
    { capture: true },
  );
}
