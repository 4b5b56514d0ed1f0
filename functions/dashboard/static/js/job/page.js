// One job, live: where it is, what it costs, what went wrong, what came of it.
import { ask, follow, pipelines } from "../api.js";
import { card, chip, count, failed, h, many, reading, seconds, tile, tiles, usd, when, words } from "../dom.js";
import { swap } from "../redraw.js";
import { result } from "../results/kinds.js";
import { controls } from "./controls.js";
import { failures } from "./failures.js";
import { stages } from "./stages.js";
import { tasks } from "./tasks.js";
import { waterfall } from "./waterfall.js";

const OVER = new Set(["succeeded", "partial", "failed", "cancelled"]);

export default async function draw(into, [id], signal) {
  pipelines().catch(() => {}); // asked for ahead: a result is shown by its pipeline's kind
  let job = await ask(`/api/v1/jobs/${encodeURIComponent(id)}`, { signal });
  const top = h("div", {}), bar = h("div", {}), numbers = h("div", {}), now = h("div", {}), rows = h("div", { class: "wide" }), wrong = h("div", {}), came = h("div", {}), questions = h("div", {});
  const list = tasks(id, () => job.stages), fall = waterfall(id, signal, list.open);
  into.append(top, bar, questions, numbers, now, came, card("Stages", rows), wrong, card("Waterfall", fall.element), card("Tasks", list.element), input(job));

  const paint = () => {
    const state = JSON.stringify([job.status, job.labels, job.start_at, job.about]);
    if (top.dataset.state !== state) { top.dataset.state = state; swap(top, head(() => job, act)); }
    swap(bar, OVER.has(job.status) ? "" : progress(job));
    swap(numbers, tile4(job));
    swap(now, ...notes(job));
    stages(rows, job);
    fall.critical(job.critical_path.map((part) => part.stage));
  };
  async function refresh() {
    job = await ask(`/api/v1/jobs/${encodeURIComponent(id)}`, { signal });
    paint();
    if (OVER.has(job.status)) { came.replaceChildren(); if (job.result) result(came, job, signal).catch(failed); }
    failures(wrong, job, list.open).catch(() => {});
    look();
    list.load().catch(failed);
    fall.load().catch((error) => { if (!signal.aborted) failed(error); });
  }
  const look = () => { if (OVER.has(job.status)) questions.replaceChildren(); else if (job.waiting?.some((wait) => wait.for === "an answer") || questions.firstChild) import("../questions.js").then(({ asked }) => asked(questions, id, () => refresh().catch(failed))).catch(() => {}); };
  async function listen() {
    await follow(`/api/v1/jobs/${encodeURIComponent(id)}/events`, (kind, data) => {
      if (kind === "progress") { job = { ...job, ...data }; paint(); look(); }
    }, signal);
    if (!signal.aborted) await refresh();
  }
  async function act(path, body) {
    const answer = await ask(`/api/v1/jobs/${encodeURIComponent(id)}/${path}`, { body });
    if (answer.status) { job = { ...job, ...answer }; paint(); }
    await refresh();
    if (!OVER.has(job.status)) listen().catch(failed);
  }
  await refresh();
  if (OVER.has(job.status)) return;
  const timer = setInterval(() => { if (!document.hidden && !reading() && !OVER.has(job.status)) { fall.load().catch(() => {}); list.load().catch(() => {}); failures(wrong, job, list.open).catch(() => {}); } }, 2000);
  signal.addEventListener("abort", () => clearInterval(timer));
  listen().catch(failed);
}

function head(now, act) {
  const job = now();
  return h("div", { class: "head" }, h("div", { class: "grow" }, h("div", { class: "title" }, h("h1", {}, words(job.pipeline)), chip(job.status)), job.about ? h("div", { class: "clamp" }, job.about) : null, h("div", { class: "dim small" }, h("span", { class: "mono" }, job.id), " · ", when(job.created_at)), labels(job)), controls(now, act));
}

const progress = (job) => h("div", { class: "card" }, h("div", { class: "row" }, h("strong", { class: "grow", "aria-live": "polite" }, job.progress.message), h("span", { class: "dim" }, `${job.progress.percent.toFixed(0)} %`)), h("div", { class: "track big", role: "progressbar", "aria-label": "Progress", "aria-valuenow": Math.round(job.progress.percent), "aria-valuemin": 0, "aria-valuemax": 100 }, h("i", { class: job.status === "failed" ? "failed" : "done", "width%": job.progress.percent })));

const labels = (job) => (Object.keys(job.labels).length || job.start_at ? h("div", { class: "row small" }, Object.entries(job.labels).map(([name, value]) => h("a", { class: "chip plain", href: `#/jobs/${encodeURIComponent(`${name}=${value}`)}` }, `${name}=${value}`)), job.start_at && job.status === "queued" ? h("span", { class: "dim" }, "starts ", when(job.start_at)) : null) : null);

function tile4(job) {
  const took = job.started_at ? ((job.finished_at ? new Date(job.finished_at) : Date.now()) - new Date(job.started_at)) / 1000 : null;
  const { cost } = job, made = job.stages.reduce((sum, row) => ({ done: sum.done + row.done, cached: sum.cached + row.cached, wait: sum.wait + row.wait_s }), { done: 0, cached: 0, wait: 0 });
  const floor = job.progress.floor_s;
  return tiles(
    OVER.has(job.status) ? tile("Took", seconds(took), floor ? (took < floor ? `planned: ${seconds(floor)}` : `planned: at least ${seconds(floor)}`) : "") : tile("Left", job.progress.eta_s ? seconds(job.progress.eta_s) : "–", `${took ? `${seconds(took)} so far` : "not begun"}${floor ? `, at least ${seconds(floor)}` : ""}`),
    tile("Cost", usd(cost.usd), cost.budget_usd ? `of ${usd(cost.budget_usd)}, ${Math.round(100 * cost.usd / cost.budget_usd)} %` : "without a budget"),
    tile("From the cache", made.done ? `${Math.round(100 * made.cached / made.done)} %` : "–", `${count(made.cached)} of ${many(made.done, "task")}`),
    tile("Calls", count(cost.calls), `${count(cost.input_tokens + cost.output_tokens)} tokens`),
    tile("Waited", made.wait ? seconds(made.wait) : "–", "for limits, over all tasks"));
}

function notes(job) {
  const told = [];
  if (job.error) told.push(h("div", { class: "card error" }, h("h2", {}, "Why it failed"), h("p", {}, job.error.message), h("p", { class: "dim" }, job.error.advice)));
  if (job.paused) told.push(h("div", { class: "card warning" }, h("h2", {}, "Why it stands still"), h("p", {}, job.paused.message), h("p", { class: "dim" }, job.paused.advice)));
  if (job.stood_still.length && !job.paused) told.push(h("div", { class: "card" }, h("h2", {}, "When nothing ran"), job.stood_still.map((one) => h("p", {}, when(one.since), ` for ${seconds(one.seconds)}: ${one.why}`))));
  const waits = (job.waiting ?? []).filter((wait) => wait.for !== "an answer"); // a question stands above, with the time it has
  if (waits.length) told.push(h("div", { class: "card" }, h("h2", {}, "What it waits for"), waits.map((wait) => h("p", {}, h("strong", {}, wait.for), `: ${many(wait.tasks, "task")}, the first goes on in ${seconds(wait.next_s)}`))));
  if (job.warnings.length) told.push(h("details", { class: "card warning", open: job.warnings.length < 4 }, h("summary", {}, h("strong", {}, many(job.warnings.length, "warning"))), job.warnings.map((warning) => h("p", {}, warning))));
  return told;
}

const input = (job) => h("details", { class: "card" }, h("summary", {}, h("strong", {}, "Input")), h("pre", { tabindex: 0 }, JSON.stringify(job.input, null, 2)));
