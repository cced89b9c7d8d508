// <input type="file" data-max-bytes="…">: says at once what the server would refuse after a long upload.
export function files(root) {
  root.addEventListener("change", (event) => {
    const input = event.target;
    if (!input.matches('input[type="file"][data-max-bytes]')) return;
    const max = Number(input.dataset.maxBytes);
    const large = Array.from(input.files).find((file) => file.size > max);
    const says = large
      ? `"${large.name}" berukuran ${megabytes(large.size)} MB; paling besar ${megabytes(max)} MB. Pilih atau kecilkan berkasnya.`
      : "";
    input.setCustomValidity(says);
    input.reportValidity();
  });
}

const megabytes = (bytes) => (bytes / 1048576).toLocaleString("id", { maximumFractionDigits: 1 });
