// Limits, live: how much of each is used, what is leased ahead, who waits.
import { ask } from "./api.js";
import { card, colour, count, h, many, seconds, tile, tiles, usd, when, words } from "./dom.js";
import { swap } from "./redraw.js";

const EVERY = 2000, KEPT = 60;

export default async function draw(into, _, signal) {
  const boxes = h("div", { class: "limits" }), other = h("div", {}), history = new Map();
  into.append(h("div", { class: "head" }, h("h1", {}, "Limits"), h("span", { class: "dim" }, "over all processes together")), boxes, other);
  let before = null;
  const look = async () => {
    const found = await ask("/api/v1/limits", { signal });
    for (const limit of found.items) {
      const past = history.get(limit.resource) ?? [];
      const earlier = before?.items.find((one) => one.resource === limit.resource);
      if (earlier && found.now > before.now) past.push(used(limit, earlier, found.now, before.now));
      history.set(limit.resource, past.slice(-KEPT));
    }
    before = found;
    const made = found.items.map((limit) => box(limit, history.get(limit.resource)));
    swap(boxes, ...made.map((one) => one.element));
    made.forEach((one) => one.paint());
    swap(other, ...(found.other.length ? [card("What else tasks wait for", found.other.map((wait) => h("p", {}, wait.for === "an answer" ? h("a", { href: "#/questions" }, "an answer") : h("strong", {}, wait.for), `: ${many(wait.tasks, "task")}, the first goes on ${wait.for === "an answer" ? "without one " : ""}in ${seconds(wait.next_s)}`)))] : []));
  };
  await look();
  const timer = setInterval(() => { if (!document.hidden) look().catch(() => {}); }, EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
}

// The share of the limit that was used between two looks: the timeline's end moved on by so much of the time between them.
function used(limit, earlier, now, before) {
  if (!limit.taken_until) return limit.left === null ? 0 : Math.max(0, 1 - limit.left / Math.max(limit.at_once, limit.left));
  return Math.max(0, Math.min(1.2, (limit.taken_until - Math.max(earlier.taken_until, before)) / (now - before)));
}

function box(limit, past) {
  const share = past.length ? past.slice(-5).reduce((sum, each) => sum + each, 0) / Math.min(5, past.length) : 0;
  const canvas = h("canvas", { role: "img", "aria-label": `Use of ${limit.resource} over the last two minutes; ${Math.round(100 * share)} % now` });
  const element = card(words(limit.resource), h("div", { class: "row" }, h("span", { class: "grow" }, `${count(limit.requests_per_minute)} requests`, limit.tokens_per_minute ? `, ${count(limit.tokens_per_minute)} tokens` : "", " a minute"), h("strong", {}, `${Math.round(100 * share)} % used`)), canvas, h("p", { class: "small dim" }, "Used, over the last two minutes."),
    tiles(tile("Leased ahead", count(Math.round(limit.leased)), "requests, by processes"), tile("Waiting", count(limit.waiting), limit.waiting ? `first in ${seconds(limit.next_s)}` : "nobody"),
      limit.left !== null ? tile("Left", count(Math.round(limit.left)), limit.resets_at ? h("span", {}, "of this window; the next begins ", when(limit.resets_at * 1000)) : "of this window") : tile("At once", count(Math.round(limit.at_once)), "requests at most"), limit.usd_per_day ? tile("Today", usd(limit.usd_today), `of ${usd(limit.usd_per_day)}`) : null));
  return { element, paint: () => sparkline(canvas, past) };
}

function sparkline(canvas, past) {
  const width = canvas.clientWidth, height = canvas.clientHeight, scale = devicePixelRatio || 1, pen = canvas.getContext("2d");
  canvas.width = width * scale; canvas.height = height * scale;
  pen.scale(scale, scale);
  pen.fillStyle = colour("soft"); pen.fillRect(0, 0, width, height);
  pen.fillStyle = colour("accent");
  past.forEach((share, at) => { const tall = Math.min(1, share) * (height - 4); pen.fillRect((width / KEPT) * (KEPT - past.length + at), height - tall, width / KEPT - 1, tall); });
}
