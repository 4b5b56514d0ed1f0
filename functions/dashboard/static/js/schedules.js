// What the clock calls.
import { ask } from "./api.js";
import { card, chip, h, table, when, words } from "./dom.js";

export default async function draw(into, _, signal) {
  const found = await ask("/api/v1/schedules", { signal });
  into.append(h("div", { class: "head" }, h("h1", {}, "Schedules")), card("Functions that the clock calls", table([["Function"], ["For"], ["When"], ["Next"], ["Last done"], ["State"]], found.items.map((item) => ({
    cells: [h("span", { class: "mono" }, item.function), item.pipeline ? words(item.pipeline) : "Headrace itself", [h("span", { class: "mono" }, item.cron), h("span", { class: "dim small" }, ` ${item.zone}`)], when(item.next_at), when(item.done_at), chip(item.state === "never" ? "not yet" : item.state)] })))));
}
