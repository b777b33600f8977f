// Parts replaced by htmx: what went wrong is said in words, and what was typed stays.
import { toast } from "./toasts.js";
import { say } from "./words.js";

function refusalOf(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector("[data-refusal]")?.textContent.trim();
}

document.addEventListener("htmx:responseError", (event) => {
  const answer = event.detail.xhr;
  toast(refusalOf(answer.responseText) || say("failed"), "late");
});
document.addEventListener("htmx:sendError", () => toast(say("offline"), "late"));
document.addEventListener("htmx:timeout", () => toast(say("offline"), "late"));

// A part that turns out to be the sign-in page is not put into the middle of this one.
document.addEventListener("htmx:beforeSwap", (event) => {
  if (event.detail.xhr.responseURL.includes("/accounts/login/")) {
    event.detail.shouldSwap = false;
    toast(say("signed_out"), "late");
  }
});
document.addEventListener("htmx:beforeRequest", () => document.documentElement.classList.add("is-busy"));
document.addEventListener("htmx:afterRequest", () => document.documentElement.classList.remove("is-busy"));
