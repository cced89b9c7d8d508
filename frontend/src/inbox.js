// <form data-inbox="address">: files chosen, photographed or dropped are sent at once, two at a time.
import { parcel } from "./parcel.js";

const AT_ONCE = 2;

export function inbox(root) {
  const form = root.querySelector("form[data-inbox]");
  if (!form) return;
  const list = form.querySelector("[data-list]");
  const token = form.querySelector('input[name="csrfmiddlewaretoken"]').value;
  const waiting = [];
  let running = 0;

  form.querySelector("[data-plain]").hidden = true;
  form.querySelector("[data-drop-hint]").hidden = false;

  const refresh = () => window.htmx?.trigger(form.dataset.refresh, "segar");

  function next() {
    while (running < AT_ONCE && waiting.length) {
      running += 1;
      waiting.shift().start();
    }
  }

  function take(files) {
    for (const file of files) {
      const one = parcel(file, {
        endpoint: form.dataset.inbox,
        by: form.dataset.by,
        token,
        list,
        done: (_, line) => {
          refresh();
          setTimeout(() => line.item.remove(), 6000);
        },
        ended: () => {
          const at = waiting.indexOf(one);
          if (at >= 0) waiting.splice(at, 1);
          else running -= 1;
          next();
        },
      });
      waiting.push(one);
    }
    next();
  }

  form.addEventListener("change", (event) => {
    if (event.target.type !== "file") return;
    take(Array.from(event.target.files));
    event.target.value = "";
  });

  const drop = form.querySelector("[data-drop]");
  for (const kind of ["dragenter", "dragover"]) {
    drop.addEventListener(kind, (event) => {
      event.preventDefault();
      drop.classList.add("drop-over");
    });
  }
  drop.addEventListener("dragleave", () => drop.classList.remove("drop-over"));
  drop.addEventListener("drop", (event) => {
    event.preventDefault();
    drop.classList.remove("drop-over");
    take(Array.from(event.dataTransfer.files));
  });
  window.addEventListener("beforeunload", (event) => {
    if (running) event.preventDefault();
  });
}
