// data-confirm="Yakin …?" on a button or a form: a dialog asks before the form is sent.
export function confirming(root) {
  root.addEventListener("submit", (event) => {
    const form = event.target;
    const asks = event.submitter?.dataset.confirm || form.dataset.confirm;
    if (!asks || form.dataset.confirmed) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    ask(asks, event.submitter?.dataset.confirmYes || "Ya, lanjutkan", () => {
      form.dataset.confirmed = "1";
      form.requestSubmit(event.submitter);
      delete form.dataset.confirmed;
    });
  });
}

function ask(text, yes, then) {
  const dialog = document.createElement("dialog");
  dialog.className = "confirm";
  const words = document.createElement("p");
  words.id = "confirm-words";
  words.textContent = text;
  dialog.setAttribute("aria-labelledby", words.id);
  const form = document.createElement("form");
  form.method = "dialog";
  form.append(button("Batal", "btn btn-secondary", ""), button(yes, "btn btn-primary", "yes"));
  dialog.append(words, form);
  dialog.addEventListener("close", () => {
    dialog.remove();
    if (dialog.returnValue === "yes") then();
  });
  document.body.append(dialog);
  dialog.showModal();
}

function button(label, look, value) {
  const made = document.createElement("button");
  made.className = look;
  made.value = value;
  made.textContent = label;
  return made;
}
