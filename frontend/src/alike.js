// <form data-alike="id">: a moment after typing stops, ask for what is like it already and show it in the part of that id.
// Without JavaScript the button "Cari yang mirip" sends the form, and the same page comes back with the answer.
const PAUSE = 1800, FEWEST = 12;

export function alike(root) {
  for (const form of root.querySelectorAll("form[data-alike]")) {
    let timer = 0;
    form.addEventListener("input", () => {
      clearTimeout(timer);
      timer = setTimeout(() => seek(root, form), PAUSE);
    });
  }
}

async function seek(root, form) {
  const data = new FormData(form);
  const said = `${data.get("name")} ${data.get("changed")}`.trim();
  if (said.length < FEWEST || said === form.dataset.sought) return;
  form.dataset.sought = said;
  data.set("mirip", "1");
  try {
    const answer = await fetch(form.action, { method: "POST", body: data });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const fresh = page.getElementById(form.dataset.alike);
    if (fresh) root.getElementById(form.dataset.alike).replaceWith(fresh);
  } catch {
    // No line just now: the next pause may find one.
  }
}
