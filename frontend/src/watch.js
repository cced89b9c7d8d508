// A part marked `data-watch` is under way on the server: fetch the page again now and then and put its newer self in place.
// Without JavaScript there is a link to load the page again.
const FIRST = 2000, LONGEST = 15000;

export function watch(root) {
  const part = root.querySelector("[data-watch][id]");
  if (part) setTimeout(() => again(root, part.id, FIRST), FIRST);
}

async function again(root, id, wait) {
  const part = root.getElementById(id);
  if (!part || !("watch" in part.dataset)) return;
  const next = Math.min(LONGEST, wait * 1.3);
  if (!root.hidden && !part.contains(root.activeElement)) {
    try {
      const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
      if (answer.ok && !answer.redirected) {
        const fresh = new DOMParser().parseFromString(await answer.text(), "text/html").getElementById(id);
        if (fresh) part.replaceWith(fresh);
      }
    } catch {
      // The line was down for a moment: the next try may find it up.
    }
  }
  setTimeout(() => again(root, id, next), next);
}
