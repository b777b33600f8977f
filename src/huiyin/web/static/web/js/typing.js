/** Whether the person is writing, so that letters are letters. */
export function isTyping(target) {
  if (!(target instanceof Element)) return false;
  if (target.closest("[contenteditable=true], textarea, select")) return true;
  const input = target.closest("input");
  return Boolean(input) && !["checkbox", "radio", "button", "submit", "range"].includes(input.type);
}

/** The key a person means, also while a Chinese input method holds the keyboard. */
export function keyOf(event) {
  if (event.key !== "Process" && event.key !== "Unidentified") return event.key;
  if (event.code.startsWith("Key")) return event.code.slice(3).toLowerCase();
  if (event.code.startsWith("Digit")) return event.code.slice(5);
  return { Slash: event.shiftKey ? "?" : "/", BracketLeft: "[" }[event.code] || "";
}

/** Whether this key press is a command: no writing, no composing, no other modifier than shift. */
export function isCommand(event) {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return false;
  if (document.querySelector("dialog[open]")) return false;
  return !isTyping(event.target) && !(event.isComposing && event.key !== "Process");
}
