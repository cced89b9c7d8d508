// A table wider than the screen scrolls in its box; the box can then be reached and scrolled with the keyboard.
export function scrollers(root) {
  const look = () => {
    for (const box of root.querySelectorAll(".table-box, .table-responsive")) {
      const wide = box.scrollWidth > box.clientWidth + 1;
      if (wide === box.hasAttribute("tabindex")) continue;
      if (!wide) {
        for (const name of ["tabindex", "role", "aria-label"]) box.removeAttribute(name);
        continue;
      }
      box.tabIndex = 0;
      box.setAttribute("role", "region");
      box.setAttribute("aria-label", box.querySelector("caption")?.textContent.trim() || "Tabel");
    }
  };
  look();
  window.addEventListener("resize", look);
  root.addEventListener("htmx:afterSettle", look);
}
