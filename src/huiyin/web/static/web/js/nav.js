// The navigation folds to a rail; a cookie keeps it, so that the next page comes folded.
document.addEventListener("click", (event) => {
  if (!event.target.closest("[data-fold-nav]")) return;
  const root = document.documentElement;
  const folded = root.dataset.nav === "rail";
  if (folded) delete root.dataset.nav;
  else root.dataset.nav = "rail";
  document.cookie = `nav=${folded ? "" : "rail"}; path=/; max-age=${folded ? 0 : 31536000}; samesite=lax`;
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && location.hash === "#nav") location.hash = "#main";
});
