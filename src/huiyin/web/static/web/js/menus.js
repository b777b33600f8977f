// An open menu closes on Escape, on a click elsewhere, and when the focus leaves it and the list that lies beside it.
function menuOf(place) {
  return place.closest("details[data-menu]") || place.closest("[data-menu-list]")?.previousElementSibling;
}
function closeAll(except) {
  for (const menu of document.querySelectorAll("details[data-menu][open]")) {
    if (menu !== except) menu.open = false;
  }
}

document.addEventListener("click", (event) => closeAll(event.target.closest("details[data-menu]")));
document.addEventListener("focusin", (event) => closeAll(menuOf(event.target)));
document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape") return;
  const menu = document.querySelector("details[data-menu][open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});
