// <textarea data-wordcount data-words-min data-words-max>: the line under it (id + "_count") follows the typing.
export function words(root) {
  root.addEventListener("input", (event) => {
    if (event.target.matches("[data-wordcount]")) show(event.target);
  });
}

function show(area) {
  const line = document.getElementById(`${area.id}_count`);
  if (!line) return;
  const count = area.value.split(/\s+/).filter(Boolean).length;
  const min = Number(area.dataset.wordsMin || 0);
  const max = Number(area.dataset.wordsMax || 0);
  line.firstElementChild.textContent = count.toLocaleString("id");
  line.classList.toggle("is-short", Boolean(min) && count < min);
  line.classList.toggle("is-enough", Boolean(min) && count >= min && !(max && count > max));
  line.classList.toggle("is-over", Boolean(max) && count > max);
}
