// <form data-dirty>: leaving with unsaved words asks first.
export function leaving(root) {
  const mark = (event) => {
    const form = event.target.closest?.("form[data-dirty], form[data-autosave]");
    if (form) form.dataset.changed = "1";
  };
  root.addEventListener("input", mark);
  root.addEventListener("change", mark);
  root.addEventListener("submit", (event) => {
    if (!event.defaultPrevented) delete event.target.dataset.changed;
  });
  window.addEventListener("beforeunload", (event) => {
    if (root.querySelector("form[data-changed]")) event.preventDefault();
  });
}
