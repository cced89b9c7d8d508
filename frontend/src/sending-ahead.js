// <div data-sending="address" data-takes="name">: the file of a form is sent as soon as it is chosen. The form then carries
// only its code, so that a refusal costs nothing. Until the file is there, sending the form waits.
import { parcel } from "./parcel.js";
import { readAlong } from "./reading-along.js";

export function sendingAhead(root) {
  for (const box of root.querySelectorAll("[data-sending]")) ahead(box);
}

function ahead(box) {
  const input = box.querySelector('input[type="file"]');
  const form = box.closest("form");
  const token = form?.querySelector('input[name="csrfmiddlewaretoken"]')?.value;
  if (!input || !token) return;
  const list = document.createElement("ul");
  list.className = "sending";
  list.setAttribute("aria-live", "polite");
  box.append(list);
  let current = null;
  let wanted = null;

  input.addEventListener("change", () => {
    current?.callOff();
    list.replaceChildren();
    const file = input.files[0];
    if (!file || !input.validity.valid) return;
    const one = parcel(file, {
      endpoint: box.dataset.sending,
      by: box.dataset.by,
      token,
      list,
      done: (code, line) => {
        take(box, code, file.name);
        input.value = "";
        line.say("Terkirim. Lengkapi isiannya, lalu simpan.", "good");
        if (box.dataset.seen) readAlong(box, code, line.say);
      },
      // The file is still in the form: it goes along with it in the plain way.
      failed: () => {},
      ended: () => {
        if (current === one) current = null;
        if (wanted) setTimeout(() => form.requestSubmit(wanted.button || undefined), 0);
        wanted = null;
      },
    });
    current = one;
    one.start();
  });

  box.addEventListener("change", (event) => {
    const { name, value } = event.target;
    if (name === box.dataset.takes && value && box.dataset.seen) readAlong(box, value);
  });

  form.addEventListener(
    "submit",
    (event) => {
      if (!current) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wanted = { button: event.submitter };
      current.line.say("Isian disimpan begitu berkasnya sampai.");
    },
    true,
  );
}

// The choice among the files of the inbox, or a hidden field where nothing is there to choose from.
function take(box, code, name) {
  let field = box.querySelector(`[name="${box.dataset.takes}"]`);
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = box.dataset.takes;
    box.append(field);
  }
  if (field.tagName === "SELECT") field.add(new Option(name, code));
  field.value = code;
}
