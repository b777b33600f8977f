// Texts in the language of the page, written by the server.
const source = document.getElementById("words");
const words = source ? JSON.parse(source.textContent) : {};

/** The text called `name` with `{x}` filled in. */
export function say(name, values = {}) {
  return (words[name] || "").replace(/\{(\w+)\}/g, (_, key) => values[key] ?? "");
}
