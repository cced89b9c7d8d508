// What makes Pamong's pages quicker to use. Every page does its work without any of this.
import { alike } from "../alike.js";
import { autosave } from "../autosave.js";
import { confirming } from "../confirm.js";
import { files } from "../files.js";
import { htmx } from "../htmx.js";
import { leaving } from "../leaving.js";
import { menus } from "../menus.js";
import { once } from "../once.js";
import { scrollers } from "../scrollers.js";
import { watch } from "../watch.js";
import { words } from "../words.js";

for (const start of [menus, words, files, confirming, once, leaving, autosave, htmx, scrollers, watch, alike]) start(document);
