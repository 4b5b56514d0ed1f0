// Elements and words: `h("p", {class: "dim"}, "text", child)`. Text is never parsed as HTML: whatever it says, it stays text.
export function h(tag, attributes = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) made.addEventListener(name.slice(2), value);
    else if (name === "width%") made.style.width = `${value}%`;
    else made.setAttribute(name, value === true ? "" : value);
  }
  made.append(...children.flat(4).filter((child) => child !== null && child !== undefined && child !== false));
  return made;
}
const WRITTEN = { ai: "AI", cv: "CV", id: "ID", ids: "IDs", json: "JSON", kol: "KOL", openai: "OpenAI", pdf: "PDF", uri: "URI", url: "URL", usd: "USD" };
export const words = (name) => { const text = String(name).replace(/[_-]/g, " ").replace(/\w+/g, (word) => WRITTEN[word] ?? word); return text[0].toUpperCase() + text.slice(1); };
// A text in one line, cut between words.
export const short = (text, most) => { const line = text.replace(/\s*\n\s*/g, " · "); return line.length > most ? `${line.slice(0, most).replace(/\s+\S*$/, "")}…` : line; };
export const many = (number, one, more = `${one}s`) => `${count(number)} ${number === 1 ? one : more}`;
// What backticks mark is code.
export const prose = (text) => text.split("`").map((part, at) => (at % 2 ? h("code", {}, part) : part));
export const usd = (value) => (value === null || value === undefined ? "–" : value === 0 ? "$0" : value < 0.01 ? `$${value.toFixed(4)}` : `$${value.toFixed(2)}`);
export const count = (value) => (value ?? 0).toLocaleString("en-GB");
export function seconds(value) {
  if (value === null || value === undefined) return "–";
  if (value < 1) return `${Math.round(value * 1000)} ms`;
  if (value < 60) return `${value.toFixed(value < 10 ? 1 : 0)} s`;
  if (value >= 2 * 86400) { const hours = Math.round(value / 3600); return [`${Math.floor(hours / 24)} days`, hours % 24 ? `${hours % 24} h` : ""].filter(Boolean).join(" "); }
  const [whole, part, unit, less] = value < 3570 ? [Math.floor(value / 60), Math.round(value % 60), "min", "s"] : [Math.floor(Math.round(value / 60) / 60), Math.round(value / 60) % 60, "h", "min"];
  return part === 60 ? `${whole + 1} ${unit}` : part ? `${whole} ${unit} ${part} ${less}` : `${whole} ${unit}`;
}
export function when(time) {
  if (!time) return "–";
  const at = new Date(time), ago = (Date.now() - at) / 1000;
  const told = ago >= 0 ? (ago < 60 ? "just now" : ago < 3600 ? `${Math.floor(ago / 60)} min ago` : ago < 86400 ? `${Math.floor(ago / 3600)} h ago` : at.toLocaleDateString("en-GB", { day: "numeric", month: "short", year: "numeric" }))
    : (-ago < 3600 ? `in ${Math.max(1, Math.ceil(-ago / 60))} min` : -ago < 86400 ? `in ${Math.ceil(-ago / 3600)} h` : at.toLocaleDateString("en-GB", { day: "numeric", month: "short" }));
  return h("time", { datetime: at.toISOString(), title: at.toLocaleString("en-GB") }, told);
}
export const chip = (state) => h("span", { class: `chip ${state}` }, words(state));
export const tile = (name, value, more) => h("div", { class: "tile" }, h("dt", {}, name), h("dd", {}, value, more ? h("small", {}, more) : null));
export const tiles = (...all) => h("dl", { class: "tiles" }, all);
export const card = (title, ...inside) => h("section", { class: "card", "aria-label": title }, title ? h("h2", {}, title) : null, inside);
export const button = (text, onclick, kind = "") => h("button", { type: "button", class: `button ${kind}`, onclick }, text);
// Rows of cells; a column is [title, numeric?]. On a phone a table is a list of cards.
export function table(columns, rows, caption) {
  const cells = (row) => columns.map(([title, numeric, kind], at) => h("td", { class: `${numeric ? "n" : ""} ${kind ?? ""}`, "data-label": title }, h("span", {}, row.cells[at])));
  return h("div", { class: "wide" }, h("table", { class: "stack" }, caption ? h("caption", { class: "small dim" }, caption) : null,
    h("thead", {}, h("tr", {}, columns.map(([title, numeric]) => h("th", { scope: "col", class: numeric ? "n" : "" }, title)))),
    h("tbody", {}, rows.map((row) => h("tr", row.open ? { class: "link", onclick: (event) => { if (!event.target.closest("a,button")) row.open(); } } : {}, cells(row))))));
}
export function notice(text, bad = false) {
  const made = h("div", { class: `notice ${bad ? "bad" : ""}` }, text);
  document.getElementById("notices").append(made);
  setTimeout(() => made.remove(), bad ? 9000 : 4000);
}
export const failed = (error) => notice(error.message, true);
export function dialog(title, ...inside) {
  const made = h("dialog", { "aria-label": String(title).slice(0, 200) }, h("div", { class: "head" }, h("h2", { class: "grow" }, title), button("Close", () => made.close())), inside);
  made.addEventListener("close", () => made.remove());
  document.body.append(made);
  made.showModal();
  return made;
}
export function sure(title, text, yes, then) {
  const made = dialog(title, h("p", {}, text), h("div", { class: "row" }, button(yes, () => { made.close(); then(); }, "bad")));
}
// Whether somebody reads a dialog: what lies below it stays as it is, so that the focus finds back.
export const reading = () => Boolean(document.querySelector("dialog[open]"));
export const colour = (name) => getComputedStyle(document.documentElement).getPropertyValue(`--${name}`).trim();
