// Any JSON as a tree that opens.
import { h } from "../dom.js";

const MOST = 200;

export function tree(value, name = "", depth = 0) {
  if (value === null || typeof value !== "object") return h("div", {}, name ? h("span", { class: "k" }, `${name}: `) : null, h("span", {}, value === null ? "–" : String(value)));
  const entries = Object.entries(value), inside = h("div", {});
  let filled = false;
  const fill = () => { if (filled) return; filled = true; inside.append(...entries.slice(0, MOST).map(([key, child]) => tree(child, key, depth + 1))); if (entries.length > MOST) inside.append(h("div", { class: "k" }, `… and ${entries.length - MOST} more`)); };
  if (depth === 0) { fill(); return h("div", { class: "tree" }, inside); }
  const made = h("details", { ontoggle: fill }, h("summary", {}, h("span", { class: "k" }, name), ` ${Array.isArray(value) ? `[${entries.length}]` : `{${entries.length}}`}`), inside);
  return made;
}
