// One file under way, with its line on the page: name, progress, what happens, and a button to call it off.
import { Upload } from "tus-js-client";

// Small enough for proxies that pass on only whole requests; large enough not to count on a good line.
const CHUNK = 2 * 1024 * 1024;
const PAUSES = [0, 1000, 3000, 5000, 10000, 20000, 30000];
const WAIT = 15000;
// Trying again will not change these answers.
const FINAL = new Set([400, 403, 404, 405, 412, 413, 415]);

export function parcel(file, { endpoint, by, token, list, done, failed, ended }) {
  const line = lineFor(file, () => callOff());
  list.append(line.item);
  let over = false;
  let timer = 0;

  const upload = new Upload(file, {
    endpoint,
    chunkSize: CHUNK,
    retryDelays: PAUSES,
    metadata: { filename: file.name, filetype: file.type },
    headers: { "X-CSRFToken": token },
    removeFingerprintOnSuccess: true,
    fingerprint: () =>
      Promise.resolve(["pamong", by, endpoint, file.name, file.size, file.lastModified].join("·")),
    onProgress: (sent, total) => line.progress(sent, total),
    onSuccess: () => {
      finish();
      line.say("Terkirim, sedang diperiksa.", "good");
      done(code(upload.url), line);
    },
    onError: (error) => {
      const answer = error.originalResponse;
      if (answer && FINAL.has(answer.getStatus())) {
        finish();
        line.say(plain(answer) || "Berkas ini tidak dapat diterima. Muat ulang halaman, lalu coba lagi.", "bad");
        failed?.(line);
        return;
      }
      line.say("Sambungan terputus. Dilanjutkan sendiri begitu tersambung; yang sudah terkirim tidak hilang.", "warn");
      timer = setTimeout(resume, WAIT);
    },
  });

  function resume() {
    clearTimeout(timer);
    if (over) return;
    line.say("");
    upload.start();
  }

  function finish() {
    over = true;
    clearTimeout(timer);
    window.removeEventListener("online", resume);
    line.settle();
    ended?.();
  }

  function callOff() {
    if (over) return;
    finish();
    upload.abort(true).catch(() => {});
    line.item.remove();
    failed?.(line);
  }

  window.addEventListener("online", resume);
  return {
    line,
    callOff,
    async start() {
      const before = await upload.findPreviousUploads();
      if (before.length) upload.resumeFromPreviousUpload(before[0]);
      if (!over) upload.start();
    },
  };
}

const code = (url) => url.replace(/\/$/, "").split("/").pop();

// Only our own sentences are shown, never a page of HTML.
function plain(answer) {
  const kind = answer.getHeader("Content-Type") || "";
  return kind.startsWith("text/plain") ? answer.getBody() : "";
}

function lineFor(file, callOff) {
  const item = document.createElement("li");
  const name = document.createElement("span");
  const bar = document.createElement("progress");
  const words = document.createElement("span");
  const stop = document.createElement("button");
  name.className = "sending-name";
  name.textContent = file.name;
  bar.max = 100;
  bar.value = 0;
  bar.setAttribute("aria-label", `Terkirim: ${file.name}`);
  words.className = "sending-words";
  words.textContent = "Menunggu giliran.";
  stop.type = "button";
  stop.className = "btn btn-secondary btn-sm";
  stop.textContent = "Batalkan";
  stop.setAttribute("aria-label", `Batalkan ${file.name}`);
  stop.addEventListener("click", callOff);
  item.append(name, bar, words, stop);
  return {
    item,
    progress(sent, total) {
      const percent = total ? Math.floor((sent / total) * 100) : 100;
      bar.value = percent;
      words.className = "sending-words";
      words.textContent = `${percent}% dari ${megabytes(total)} MB`;
    },
    say(text, tone = "") {
      words.className = `sending-words${tone ? ` sending-${tone}` : ""}`;
      words.textContent = text;
    },
    settle() {
      stop.remove();
    },
  };
}

const megabytes = (bytes) => (bytes / 1048576).toLocaleString("id", { maximumFractionDigits: 1 });
