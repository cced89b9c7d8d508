// What the machine reads in a file that was sent ahead is put into fields still empty, each saying where it comes from. Nothing
// is saved by that: a person looks, corrects and saves. What they typed themselves is never touched.
const PAUSE = 2000;
const MOST = 45;
const UNSAID = "lain"; // the kind of a document nobody has said the kind of

export async function readAlong(box, code, say = () => {}) {
  const form = box.closest("form");
  const prefix = box.dataset.takes.slice(0, -"arrival".length);
  const address = box.dataset.seen.replace("KODE", encodeURIComponent(code));
  const taken = (box.readAlong = {});
  for (let turn = 0; turn < MOST && box.readAlong === taken; turn += 1) {
    if (turn) await new Promise((go) => setTimeout(go, PAUSE));
    const seen = await ask(address);
    if (!seen) return;
    for (const [name, told] of Object.entries(seen.fields)) put(form.elements[prefix + name], told, taken);
    if (seen.is_done) {
      const filled = Object.keys(taken).length;
      if (filled) say(`Berkas terkirim dan dibaca: ${filled} isian terisi. Periksa, lalu simpan.`, "good");
      return;
    }
  }
}

async function ask(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "application/json" } });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

function put(field, told, taken) {
  if (!field || field === document.activeElement) return;
  const mine = taken[field.name] !== undefined && field.value === taken[field.name];
  if (!mine && field.value && field.value !== UNSAID) return;
  field.value = told.value;
  if (field.value !== told.value) return;
  taken[field.name] = told.value;
  hint(field, told.hint);
}

function hint(field, text) {
  const id = `${field.id}_dibaca`;
  let line = document.getElementById(id);
  if (!line) {
    line = document.createElement("p");
    line.id = id;
    line.className = "field-help";
    field.insertAdjacentElement("afterend", line);
    field.setAttribute("aria-describedby", [field.getAttribute("aria-describedby"), id].filter(Boolean).join(" "));
  }
  line.textContent = text;
}
