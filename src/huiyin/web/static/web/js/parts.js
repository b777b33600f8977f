// Parts replaced by htmx: what went wrong is said in words, and what was typed stays.
import { toast } from "./toasts.js";
import { say } from "./words.js";

function refusalOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("[data-refusal]")?.textContent.trim();
}

// What asks by itself in the background (data-quiet) asks only while somebody looks, and says nothing when it fails.
const quiet = (event) => Boolean(event.detail.elt?.closest?.("[data-quiet]"));

document.addEventListener("htmx:responseError", (event) => {
  if (quiet(event)) return;
  const answer = event.detail.xhr;
  toast(refusalOf(answer.responseText) || say("failed"), "late");
});
document.addEventListener("htmx:sendError", (event) => quiet(event) || toast(say("offline"), "late"));
document.addEventListener("htmx:timeout", (event) => quiet(event) || toast(say("offline"), "late"));

// A part that turns out to be the sign-in page is not put into the middle of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL.includes("/accounts/login/")) {
    event.detail.shouldSwap = false;
    if (!quiet(event)) toast(say("signed_out"), "late");
  }
});
document.addEventListener("htmx:beforeRequest", (event) => {
  if (!quiet(event)) document.documentElement.classList.add("is-busy");
  else if (document.hidden) event.preventDefault();
});
document.addEventListener("htmx:afterRequest", () => document.documentElement.classList.remove("is-busy"));
