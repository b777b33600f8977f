// Shows the questions whose condition holds: the same rule as rules/branching.py, which decides in the end.
(() => {
  const holds = (need, values) => {
    if (!values.length) return false;
    if (need.one_of) return need.one_of.some((code) => values.includes(code));
    const score = Number(values[0]);
    return Number.isInteger(score) && score >= (need.at_least ?? score) && score <= (need.at_most ?? score);
  };
  const chosen = (form, code) =>
    [...form.querySelectorAll(`[name="${CSS.escape(code)}"]:checked`)].map((input) => input.value);
  const settle = (form) => {
    const hidden = new Set();
    for (const part of form.querySelectorAll("[data-question]")) {
      const need = part.dataset.if && JSON.parse(part.dataset.if);
      const asked = !need || (!hidden.has(need.question) && holds(need, chosen(form, need.question)));
      if (!asked) hidden.add(part.dataset.question);
      part.hidden = !asked;
      for (const input of part.querySelectorAll("input, textarea, select")) input.disabled = !asked;
    }
    let number = 0;
    for (const mark of form.querySelectorAll("[data-question]:not([hidden]) [data-number]")) mark.textContent = ++number;
  };
  for (const form of document.querySelectorAll("[data-branching]")) {
    if (!form.querySelector("[data-if]")) continue;
    for (const words of form.querySelectorAll("[data-when]")) words.hidden = true;
    form.addEventListener("change", () => settle(form));
    window.addEventListener("pageshow", () => settle(form));
    settle(form);
  }
})();
