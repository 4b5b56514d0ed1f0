// What goes out and what went out, day by day.
import { ask } from "./api.js";
import { button, card, chip, failed, h, short } from "./dom.js";
import { swap } from "./redraw.js";

const DAY = 86400000, SHOWN = 14;

export default async function draw(into) {
  const list = h("div", {}), persona = h("input", { "aria-label": "Persona", placeholder: "Any persona" });
  let first = midnight(new Date());
  const move = (days) => { first = midnight(new Date(first.getTime() + days * DAY + DAY / 2)); load().catch(failed); };
  persona.addEventListener("change", () => load().catch(failed));
  into.append(h("div", { class: "head" }, h("h1", {}, "Calendar"), h("a", { class: "button", href: "#/queue" }, "Queue"), persona, button("Earlier", () => move(-SHOWN)), button("Today", () => { first = midnight(new Date()); load().catch(failed); }), button("Later", () => move(SHOWN))), list);
  async function load() {
    const end = midnight(new Date(first.getTime() + SHOWN * DAY + DAY / 2)), query = new URLSearchParams({ from: first.toISOString(), to: end.toISOString(), persona: persona.value.trim() });
    const found = await ask(`/api/v1/posts/calendar?${query}`), days = new Map();
    for (const item of found.items) { const day = midnight(new Date(item.at)).getTime(); days.set(day, [...(days.get(day) ?? []), item]); }
    swap(list, ...(days.size ? [...days].map(([day, items]) => card(new Date(day).toLocaleDateString("en-GB", { weekday: "long", day: "numeric", month: "long" }), items.map(entry))) : [h("p", { class: "empty" }, `Nothing from ${first.toLocaleDateString("en-GB")} on, for two weeks.`)]));
  }
  await load();
}

const midnight = (at) => new Date(at.getFullYear(), at.getMonth(), at.getDate());

function entry(item) {
  const links = Object.entries(item.deliveries ?? {}).filter(([, one]) => /^https?:\/\//.test(one.url)).map(([name, one]) => h("a", { href: one.url, target: "_blank", rel: "noopener noreferrer", class: "small" }, name));
  return h("div", { class: "row" }, h("time", { datetime: item.at }, new Date(item.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" })), chip(item.state), item.persona ? h("strong", {}, item.persona) : null, h("span", { class: "telling" }, short(item.text, 140)), links);
}
