// Files sent over a weak line: in pieces, resumed where they stopped (tus). The plain forms work without any of this.
import { inbox } from "../inbox.js";
import { sendingAhead } from "../sending-ahead.js";

for (const start of [inbox, sendingAhead]) start(document);
