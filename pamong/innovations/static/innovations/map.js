// The map of the profile form, without the round trip: clicks, arrow keys and zooming move the pin in the page. It reckons
// as pamong/engine/maps.py does; without this script every press is answered by the server.
(() => {
  const box = document.querySelector("[data-map]");
  const field = document.getElementById("id_coordinate");
  if (!box || !field) return;
  const CLOSEST = 6;
  const frames = [...box.querySelectorAll("input[type=image]")].map((image) => ({
    image,
    size: image.width || Number(image.getAttribute("width")),
    pin: image.parentElement.querySelector(".map-pin g"),
  }));
  const whole = { latitude: Number(box.dataset.latitude), longitude: Number(box.dataset.longitude), span: Number(box.dataset.span) };
  const stretch = (latitude) => 1 / Math.cos((latitude * Math.PI) / 180);
  const between = (low, value, high) => Math.max(low, Math.min(high, value));
  let closeness = Number(box.dataset.closeness);
  let [latitude, longitude] = box.dataset.centre.split(",").map(Number);
  let pin = null;

  function view() {
    const span = whole.span / 2 ** closeness;
    const free = (whole.span - span) / 2;
    const wide = free * stretch(whole.latitude);
    const middle = {
      latitude: closeness ? between(whole.latitude - free, latitude, whole.latitude + free) : whole.latitude,
      longitude: closeness ? between(whole.longitude - wide, longitude, whole.longitude + wide) : whole.longitude,
    };
    const across = span * stretch(middle.latitude);
    return { ...middle, span, across, north: middle.latitude + span / 2, west: middle.longitude - across / 2 };
  }

  function draw() {
    const now = view();
    const part = `peta-dekat=${closeness}&peta-pusat=${now.latitude.toFixed(6)},${now.longitude.toFixed(6)}`;
    for (const { image, size } of frames) {
      const address = `${box.dataset.map}&lebar=${size}&${part}`;
      if (image.getAttribute("src") !== address) image.setAttribute("src", address);
    }
    box.querySelector("[name=peta-pusat]").value = `${now.latitude}, ${now.longitude}`;
    box.querySelector("[name=peta-dekat]").value = closeness;
    for (const button of box.querySelectorAll("[name=peta]")) {
      button.disabled = button.value === "dekat" ? closeness >= CLOSEST : closeness === 0;
    }
    mark();
  }

  function mark() {
    const now = view();
    for (const { size, pin: shape } of frames) {
      const x = pin && ((pin.longitude - now.west) / now.across) * size;
      const y = pin && ((now.north - pin.latitude) / now.span) * size;
      const seen = pin && x >= 0 && x <= size && y >= 0 && y <= size;
      shape.setAttribute("visibility", seen ? "visible" : "hidden");
      if (seen) shape.setAttribute("transform", `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    }
  }

  function put(place) {
    pin = place;
    field.value = `${place.latitude.toFixed(6)}, ${place.longitude.toFixed(6)}`;
    field.dispatchEvent(new Event("input", { bubbles: true }));
    mark();
  }

  function turn(step) {
    if (step) {
      if (pin) ({ latitude, longitude } = pin);
      closeness = between(0, closeness + step, CLOSEST);
    } else closeness = 0;
    draw();
  }

  const MOVES = { ArrowUp: [0, 1], ArrowDown: [0, -1], ArrowLeft: [-1, 0], ArrowRight: [1, 0] };
  function move([right, up], pixels, size) {
    const now = view();
    const from = pin || { latitude: now.latitude, longitude: now.longitude };
    put({
      latitude: from.latitude + (up * pixels * now.span) / size,
      longitude: from.longitude + (right * pixels * now.across) / size,
    });
    const { latitude: lat, longitude: lon } = pin;
    const out = lat > now.north || lat < now.north - now.span || lon < now.west || lon > now.west + now.across;
    if (out && closeness) {
      latitude = lat;
      longitude = lon;
      draw();
    }
  }

  for (const { image, size } of frames) {
    image.addEventListener("click", (event) => {
      event.preventDefault();
      const now = view();
      if (event.detail === 0) {
        if (!pin) put({ latitude: now.latitude, longitude: now.longitude });
        return;
      }
      const edge = image.getBoundingClientRect();
      const x = (event.clientX - edge.left) / edge.width;
      const y = (event.clientY - edge.top) / edge.height;
      put({ latitude: now.north - y * now.span, longitude: now.west + x * now.across });
    });
    image.addEventListener("keydown", (event) => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      if (MOVES[event.key]) move(MOVES[event.key], event.shiftKey ? 20 : 2, size);
      else if (event.key === "+" || event.key === "=") turn(1);
      else if (event.key === "-") turn(-1);
      else return;
      event.preventDefault();
    });
  }
  for (const button of box.querySelectorAll("[name=peta]")) {
    button.addEventListener("click", (event) => {
      event.preventDefault();
      turn({ dekat: 1, jauh: -1 }[button.value] || 0);
    });
  }

  const told = box.querySelector("[data-map-told]");
  let waiting;
  let asked = 0;
  async function ask() {
    const number = (asked += 1);
    const text = field.value.trim();
    const answer = text ? await fetch(`${box.dataset.told}?titik=${encodeURIComponent(text)}`).then((r) => r.json(), () => null) : {};
    if (number !== asked || !answer) return;
    told.textContent = answer.says || "";
    told.classList.toggle("is-outside", Boolean(answer.warns));
    pin = "latitude" in answer ? answer : null;
    mark();
  }
  field.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(ask, 400);
  });
  box.querySelector("[data-map-keys]").hidden = false;
  if (field.value.trim()) ask();
})();
