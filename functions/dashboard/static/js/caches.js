// What is kept, for how long, and what that spared.
import { ask } from "./api.js";
import { card, count, h, many, seconds, table, usd, words } from "./dom.js";

export default async function draw(into, _, signal) {
  const found = await ask("/api/v1/caches", { signal }), past = new Map(found.reuse.map((row) => [`${row.pipeline}/${row.stage}`, row]));
  into.append(h("div", { class: "head" }, h("h1", {}, "Caches"), h("span", { class: "dim" }, "results kept by what produced them; nobody pays twice")),
    card("Stages whose results are kept", table([["Pipeline"], ["Stage"], ["Kept for", true], ["Taken from it", true], ["Of tasks", true], ["Share", true], ["Saved, about", true]], found.items.map((item) => {
      const row = past.get(`${item.pipeline}/${item.stage}`) ?? { done: 0, cached: 0, cost_usd: 0, seconds: 0 }, paid = row.done - row.cached;
      return { cells: [words(item.pipeline), words(item.stage), item.days < 1 ? seconds(86400 * item.days) : many(item.days, "day"), count(row.cached), count(row.done), row.done ? `${Math.round((100 * row.cached) / row.done)} %` : "–", row.cached ? `${seconds(row.cached * row.seconds)}${row.cost_usd && paid ? `, ${usd((row.cost_usd / paid) * row.cached)}` : ""}` : "–"] };
    }), "Over the jobs that ended in the last 30 days.")));
}
