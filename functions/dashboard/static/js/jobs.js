// All jobs: filtered by the server, searched here, the newest first.
import { ask, pipelines } from "./api.js";
import { button, chip, failed, h, many, notice, reading, seconds, sure, table, usd, when, words } from "./dom.js";
import { swap } from "./redraw.js";

const STATUSES = ["queued", "running", "paused", "succeeded", "partial", "failed", "cancelled"];
const COLUMNS = [["Job"], ["Status"], ["What for", false, "about"], ["Created", true], ["Took", true], ["Cost", true]];
const ENDED = new Set(["succeeded", "partial", "failed", "cancelled"]);
const EVERY = 4000, SEARCHED = 500;

export default async function draw(into, [label = ""], signal) {
  const choose = (name, values) => h("select", { "aria-label": name }, h("option", { value: "" }, `Any ${name.toLowerCase()}`), values.map((value) => h("option", { value }, words(value))));
  const status = choose("Status", STATUSES), pipeline = choose("Pipeline", (await pipelines()).map((one) => one.name));
  const search = h("input", { type: "search", placeholder: "Search id or input", "aria-label": "Search jobs" });
  const labelled = h("input", { type: "search", value: label, placeholder: "Label: team=growth", "aria-label": "Label" });
  const bulk = h("div", { class: "row below" }), waits = h("div", {});
  const list = h("div", { class: "card" }), more = button("Show more", () => load(true).catch(failed));
  let items = [], cursor = null;
  into.append(h("div", { class: "head" }, h("h1", {}, "Jobs"), search, labelled, status, pipeline), waits, bulk, list, h("p", {}, more));

  const fetched = async (after, limit) => {
    const query = new URLSearchParams({ limit });
    if (status.value) query.set("status", status.value);
    if (pipeline.value) query.set("pipeline", pipeline.value);
    if (labelled.value.includes("=")) query.set("label", labelled.value.trim());
    if (after) query.set("cursor", after);
    return ask(`/api/v1/jobs?${query}`, { signal });
  };
  async function load(further = false) {
    const found = await fetched(further ? cursor : null, 50);
    if (further) items.push(...found.items);
    else { const fresh = new Set(found.items.map((job) => job.id)); const older = found.next_cursor && items.length > 50 ? items.filter((job) => !fresh.has(job.id)) : []; items = [...found.items, ...older]; }
    if (further || items.length <= 50) cursor = found.next_cursor;
    paint();
  }
  async function searched() {
    while (search.value && cursor && items.length < SEARCHED) await load(true);
    paint();
  }
  function paint() {
    const wanted = search.value.trim().toLowerCase();
    const shown = items.filter((job) => !wanted || `${job.id} ${job.pipeline} ${job.about} ${job.error?.message ?? ""}`.toLowerCase().includes(wanted));
    more.hidden = !cursor;
    swap(bulk, ...actions());
    swap(list, shown.length ? table(COLUMNS, shown.map(row)) : h("div", { class: "empty" }, h("p", {}, items.length || Object.keys(filter()).length ? "No job fits." : "No jobs yet."), h("a", { class: "button primary", href: "#/new" }, "Start one")));
  }
  // What is filtered for is cancelled or run again as a whole: the server goes by the same filter.
  const filter = () => ({ ...(status.value ? { status: status.value } : {}), ...(pipeline.value ? { pipeline: pipeline.value } : {}), ...(labelled.value.includes("=") ? { label: labelled.value.trim() } : {}) });
  function actions() {
    if (!items.length || !Object.keys(filter()).length) return [];
    const said = Object.entries(filter()).map(([name, value]) => `${name} ${name === "label" ? value : words(value)}`).join(", ");
    const open = items.some((job) => !ENDED.has(job.status)), over = items.some((job) => ENDED.has(job.status));
    return [h("span", { class: "dim small" }, `All with ${said}:`), open ? button("Cancel them", () => sure(`Cancel all jobs with ${said}?`, "What runs ends, and what has not begun never will.", "Cancel them", () => all("cancel")), "bad") : null, over ? button("Run them again", () => sure(`Run all ended jobs with ${said} again?`, "What was recorded is reused; what failed or changed costs again.", "Run them again", () => all("retry"))) : null].filter(Boolean);
  }
  async function all(action) {
    let cursor = null, done = 0, refused = [];
    do {
      const page = await ask(`/api/v1/jobs:${action}`, { body: { ...filter(), cursor } });
      done += page.done.length; refused = [...refused, ...page.refused]; cursor = page.next_cursor;
    } while (cursor);
    notice(`${many(done, "job")} ${action === "cancel" ? "cancelled" : "run again"}.${refused.length ? ` ${many(refused.length, "job")} refused: ${refused[0].detail}` : ""}`, refused.length > 0);
    await load();
  }
  const questions = async () => { const found = await ask("/api/v1/questions?limit=10", { signal }); swap(waits, found.items.length ? h("p", { class: "card warning" }, h("a", { href: "#/questions" }, `${found.next_cursor ? "10 or more questions wait" : found.items.length === 1 ? "A question waits" : `${found.items.length} questions wait`} for an answer`)) : ""); };
  let typed = 0;
  search.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(() => searched().catch(failed), 200); });
  labelled.addEventListener("change", () => { items = []; load().then(searched).catch(failed); });
  for (const filter of [status, pipeline]) filter.addEventListener("change", () => { items = []; load().then(searched).catch(failed); });
  await load();
  questions().catch(() => {});
  const timer = setInterval(() => { if (!document.hidden && !reading()) load().catch(() => {}); }, EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
}

function row(job) {
  const took = job.started_at ? ((job.finished_at ? new Date(job.finished_at) : Date.now()) - new Date(job.started_at)) / 1000 : null;
  const why = job.status === "queued" && job.start_at ? ["starts ", when(job.start_at)] : job.error?.message ?? job.paused?.message;
  return {
    open: () => { location.hash = `#/job/${job.id}`; },
    cells: [[h("a", { href: `#/job/${job.id}` }, words(job.pipeline)), h("div", { class: "mono dim" }, job.id)], chip(job.status), [job.about ? h("div", { class: "clamp" }, job.about) : h("span", { class: "dim" }, "no input"), Object.keys(job.labels).length ? h("div", { class: "row small" }, Object.entries(job.labels).map(([name, value]) => h("span", { class: "chip plain" }, `${name}=${value}`))) : null, why ? h("div", { class: "small dim clamp" }, why) : null], when(job.created_at), seconds(took), usd(job.cost_usd)],
  };
}
