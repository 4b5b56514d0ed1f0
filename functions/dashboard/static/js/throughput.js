// Jobs and dollars over time.
import { ask } from "./api.js";
import { button, card, colour, count, failed, h, many, seconds, table, tile, tiles, usd, words } from "./dom.js";

const STATUSES = [["succeeded", "accent"], ["partial", "warn"], ["failed", "bad"], ["cancelled", "dim"]];

export default async function draw(into, _, signal) {
  const inside = h("div", {}), names = ["hour", "day", "week", "month"];
  const choose = names.map((name) => button(words(name), () => load(name).catch(failed)));
  into.append(h("div", { class: "head" }, h("h1", {}, "Throughput"), h("div", { class: "row", role: "group", "aria-label": "How far back" }, choose)), inside);
  async function load(back) {
    choose.forEach((one, at) => one.setAttribute("aria-pressed", names[at] === back));
    const found = await ask(`/api/v1/throughput?back=${back}`, { signal });
    const jobs = h("canvas", { class: "chart", role: "img", "aria-label": `Jobs over the last ${back}: ${count(found.jobs)}` }), money = h("canvas", { class: "chart", role: "img", "aria-label": `Dollars over the last ${back}: ${usd(found.cost_usd)}` });
    const failures = found.slices.reduce((sum, slice) => sum + (slice.jobs.failed ?? 0), 0), worst = Math.max(...found.slices.map((slice) => Object.values(slice.jobs).reduce((sum, each) => sum + each, 0)));
    inside.replaceChildren(tiles(tile("Jobs", count(found.jobs), found.more ? "and more" : `in the last ${back}`), tile("Busiest", count(worst), `within ${seconds(found.step_s)}`), tile("Failed", found.jobs ? `${((100 * failures) / found.jobs).toFixed(1)} %` : "–", many(failures, "job")), tile("Cost", usd(found.cost_usd), found.jobs ? `${usd(found.cost_usd / found.jobs)} a job` : "")),
      card("Jobs that ended", h("div", { class: "keys" }, STATUSES.map(([name, ink]) => { const swatch = h("i"); swatch.style.background = colour(ink); return h("span", {}, swatch, words(name)); })), jobs), found.cost_usd ? card("Cost", money) : "",
      card("Time of those that succeeded", Object.keys(found.seconds).length ? table([["Pipeline"], ["Median", true]], Object.entries(found.seconds).map(([name, took]) => ({ cells: [words(name), seconds(took)] }))) : h("p", { class: "dim" }, "None yet.")));
    const paint = () => { bars(jobs, found, STATUSES.map(([name, ink]) => [ink, (slice) => slice.jobs[name] ?? 0]), (value) => count(value)); if (found.cost_usd) bars(money, found, [["cached", (slice) => slice.cost_usd]], usd); };
    paint();
    addEventListener("themechange", paint, { signal });
    addEventListener("resize", paint, { signal });
  }
  await load("day");
}

function bars(canvas, found, series, told) {
  const width = canvas.clientWidth, height = canvas.clientHeight, scale = devicePixelRatio || 1, pen = canvas.getContext("2d"), foot = 20, left = 46;
  canvas.width = width * scale; canvas.height = height * scale;
  pen.scale(scale, scale);
  const sums = found.slices.map((slice) => series.reduce((sum, [, of]) => sum + of(slice), 0)), most = Math.max(...sums) || 1, each = (width - left) / sums.length;
  pen.font = "11px system-ui, sans-serif";
  for (const part of [0, 0.5, 1]) { const y = 8 + (height - foot - 8) * (1 - part); pen.fillStyle = colour("line"); pen.fillRect(left, y, width, 1); pen.fillStyle = colour("dim"); pen.fillText(told(part * most), 0, y + 4); }
  found.slices.forEach((slice, at) => {
    let y = height - foot;
    for (const [ink, of] of series) { const tall = ((height - foot - 8) * of(slice)) / most; pen.fillStyle = colour(ink); pen.fillRect(left + at * each + 1, y - tall, Math.max(1, each - 2), tall); y -= tall; }
    if (at % Math.ceil(sums.length / Math.max(2, width / 130)) === 0) { pen.fillStyle = colour("dim"); const time = new Date(slice.at * 1000), said = found.step_s < 86400 / 2 ? time.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" }) : time.toLocaleDateString("en-GB", { day: "numeric", month: "short" }); pen.fillText(said, Math.min(left + at * each, width - pen.measureText(said).width), height - 5); }
  });
}
