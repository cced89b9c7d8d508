// <form data-autosave="/address/">: sends the form to that address a moment after typing stops.
//
// The server answers JSON: {"message": "Tersimpan 14.05", "fields": {"base_version": "7"}}. `fields` are written back
// into the form's inputs of those names. Status 409 stops saving until the page is loaded again: someone else changed
// the same words and the person must choose. Anything else is tried again when typing goes on or the network returns.
const PAUSE = 1500;

export function autosave(root) {
  for (const form of root.querySelectorAll("form[data-autosave]")) watch(form);
}

function watch(form) {
  const line = form.querySelector("[data-autosave-status]");
  const state = { timer: 0, busy: false, again: false, stopped: false };
  const say = (text, bad = false) => {
    if (!line) return;
    line.textContent = text;
    line.classList.toggle("is-bad", bad);
  };
  const later = () => {
    if (state.stopped) return;
    say("Menyimpan …");
    clearTimeout(state.timer);
    state.timer = setTimeout(() => save(form, state, say), PAUSE);
  };
  form.addEventListener("input", (event) => {
    if (event.target.type !== "file") later();
  });
  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented) return;
    clearTimeout(state.timer);
    state.stopped = true;
  });
  window.addEventListener("online", () => {
    if (form.dataset.changed) later();
  });
}

async function save(form, state, say) {
  if (state.busy) {
    state.again = true;
    return;
  }
  state.busy = true;
  delete form.dataset.changed;
  try {
    const data = new FormData(form);
    for (const input of form.querySelectorAll('input[type="file"]')) data.delete(input.name);
    const answer = await fetch(form.dataset.autosave, {
      method: "POST",
      body: data,
      headers: { Accept: "application/json", "X-Autosave": "1" },
    });
    await heard(answer, form, state, say);
  } catch {
    form.dataset.changed = "1";
    say("Belum tersimpan: sambungan terputus. Tulisan Anda tetap ada di halaman ini.", true);
  }
  state.busy = false;
  if (state.again && !state.stopped) {
    state.again = false;
    await save(form, state, say);
  }
}

async function heard(answer, form, state, say) {
  const json = answer.headers.get("Content-Type")?.includes("json");
  const said = json ? await answer.json() : {};
  if (answer.ok && json) {
    for (const [name, value] of Object.entries(said.fields || {})) {
      if (form.elements[name]) form.elements[name].value = value;
    }
    say(said.message || "Tersimpan otomatis");
    return;
  }
  form.dataset.changed = "1";
  if (answer.status === 409) state.stopped = true;
  say(said.message || "Belum tersimpan. Tekan Simpan untuk melihat sebabnya.", true);
}
