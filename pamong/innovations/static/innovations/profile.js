// The profile form: words of the six parts together, and the place where one stands. The page works without either.
(() => {
  const count = (text) => text.split(/\s+/).filter(Boolean).length;
  for (const line of document.querySelectorAll("[data-words-total]")) {
    const areas = line.dataset.wordsTotal.split(" ").map((name) => document.getElementById(`id_${name}`)).filter(Boolean);
    const wanted = Number(line.dataset.wordsWanted);
    const show = () => {
      const words = areas.reduce((sum, area) => sum + count(area.value), 0);
      line.querySelector("b").textContent = words.toLocaleString("id");
      line.classList.toggle("is-short", words < wanted);
      line.classList.toggle("is-enough", words >= wanted);
    };
    for (const area of areas) area.addEventListener("input", show);
  }

  const button = document.querySelector("[data-locate]");
  if (!button || !navigator.geolocation || !window.isSecureContext) return;
  const field = document.getElementById(button.dataset.locate);
  const status = document.querySelector("[data-locate-status]");
  button.hidden = false;
  button.addEventListener("click", () => {
    status.textContent = "Mencari lokasi …";
    navigator.geolocation.getCurrentPosition(
      (found) => {
        field.value = `${found.coords.latitude.toFixed(6)}, ${found.coords.longitude.toFixed(6)}`;
        field.dispatchEvent(new Event("input", { bubbles: true }));
        status.textContent = `Terisi, ketelitian sekitar ${Math.round(found.coords.accuracy)} meter.`;
      },
      () => { status.textContent = "Lokasi tidak didapat. Tulis titiknya, atau tempel tautan peta."; },
      { enableHighAccuracy: true, timeout: 15000 },
    );
  });
})();
