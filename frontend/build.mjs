// Builds what the browser loads: `node build.mjs` writes pamong/common/static/dist/.
//
// Every file in src/entries/ becomes one self-contained file of the same name. No splitting (it would import files
// under un-hashed names) and no source maps (the manifest of static files would look for them).
import { readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const entries = join(here, "src", "entries");
const out = join(here, "..", "pamong", "common", "static", "dist");

// Parts of Bootstrap no page of Pamong uses. A selector that names one of these classes is left out.
const UNUSED =
  /\.(accordion|carousel|offcanvas|toast|tooltip|popover|spinner|placeholder|navbar|modal|dropdown|dropup|dropend|dropstart|form-floating|form-range|btn-close|ratio|focus-ring|icon-link|nav-pills|nav-fill|nav-justified|nav-underline|card-img|card-header-(tabs|pills)|list-group-horizontal|btn-group|btn-toolbar|btn-check|link-opacity|link-offset|link-underline|bg-gradient|text-bg|opacity|pe-none|user-select|z-|col-xxl|col-form|sticky-(sm|md|lg|xl)|fixed-|float-(sm|md|lg|xl)|object-fit|figure|img-thumbnail|initialism|display-|vstack|hstack|[a-z]+(-[a-z]+)*-xxl)\b|\[data-bs-theme|\[data-bs-popper/;

function purge(css) {
  return blocks(css.replace(/\/\*[\s\S]*?\*\//g, ""));
}

// Splits a style sheet into its top-level blocks, one level of @media deep, and keeps what is used.
function blocks(css) {
  let kept = "";
  let at = 0;
  while (at < css.length) {
    const open = css.indexOf("{", at);
    if (open < 0) break;
    const head = css.slice(at, open).trim();
    const end = closing(css, open);
    const body = css.slice(open + 1, end);
    at = end + 1;
    if (/^@media|^@supports/.test(head)) {
      if (/min-width: ?1400px/.test(head)) continue;
      const inner = blocks(body);
      if (inner) kept += `${head}{${inner}}`;
    } else if (/^@keyframes/.test(head)) {
      continue;
    } else {
      const wanted = head.startsWith("@") ? head : selectors(head).filter((one) => !UNUSED.test(one)).join(",");
      if (wanted) kept += `${wanted}{${body}}`;
    }
  }
  return kept;
}

// Commas inside :not(…) or [data-x="a,b"] do not separate selectors.
function selectors(head) {
  return head.split(/,(?![^(]*\))(?![^[]*\])/).map((one) => one.trim());
}

function closing(css, open) {
  let depth = 0;
  for (let i = open; i < css.length; i += 1) {
    if (css[i] === "{") depth += 1;
    else if (css[i] === "}" && (depth -= 1) === 0) return i;
  }
  throw new Error("unbalanced braces in a style sheet");
}

const purgeBootstrap = {
  name: "purge-bootstrap",
  setup(plugin) {
    plugin.onLoad({ filter: /bootstrap\.css$/ }, (args) => ({
      contents: purge(readFileSync(args.path, "utf8")),
      loader: "css",
    }));
  },
};

rmSync(out, { recursive: true, force: true });
const result = await build({
  entryPoints: readdirSync(entries).map((name) => join(entries, name)),
  outdir: out,
  bundle: true,
  minify: true,
  sourcemap: false,
  splitting: false,
  format: "iife",
  target: ["es2020", "chrome100", "firefox100", "safari15"],
  charset: "utf8",
  loader: { ".svg": "dataurl" },
  legalComments: "none",
  metafile: true,
  plugins: [purgeBootstrap],
  logLevel: "warning",
});
for (const [file, { bytes }] of Object.entries(result.metafile.outputs)) {
  console.log(`${file.split("/").pop()}  ${(bytes / 1024).toFixed(1)} KB`);
}
