// Everything a staff page does beyond plain HTML. Every page works without this file.
import "./keys.js";
import "./rows.js";
import "./dials.js";
import "./menus.js";
import "./dialogs.js";
import "./toasts.js";
import "./theme.js";
import "./nav.js";
import "./clocks.js";
import "./forms.js";
import "./inserts.js";
import "./parts.js";
import "./command.js";
import "./picks.js";
import "./mentions.js";
