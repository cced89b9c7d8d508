// htmx sends the form token that stands somewhere on the page.
export function htmx(root) {
  root.addEventListener("htmx:configRequest", (event) => {
    const token = root.querySelector('input[name="csrfmiddlewaretoken"]');
    if (token) event.detail.headers["X-CSRFToken"] = token.value;
  });
}
