// All jobs: filtered by the server, searched here, the newest first.
import { ask, pipelines } from "./api.js";
import { button, chip, failed, h, seconds, table, usd, when, words } from "./dom.js";

const STATUSES = ["queued", "running", "paused", "succeeded", "partial", "failed", "cancelled"];
const COLUMNS = [["Job"], ["Status"], ["What for", false, "about"], ["Created", true], ["Took", true], ["Cost", true]];
const EVERY = 4000, SEARCHED = 500;

export default async function draw(into, _, signal) {
  const choose = (name, values) => h("select", { "aria-label": name }, h("option", { value: "" }, `Any ${name.toLowerCase()}`), values.map((value) => h("option", { value }, words(value))));
  const status = choose("Status", STATUSES), pipeline = choose("Pipeline", (await pipelines()).map((one) => one.name));
  const search = h("input", { type: "search", placeholder: "Search id or input", "aria-label": "Search jobs" });
  const list = h("div", { class: "card" }), more = button("Show more", () => load(true).catch(failed));
  let items = [], cursor = null;
  into.append(h("div", { class: "head" }, h("h1", {}, "Jobs"), search, status, pipeline), list, h("p", {}, more));

  const fetched = async (after, limit) => {
    const query = new URLSearchParams({ limit });
    if (status.value) query.set("status", status.value);
    if (pipeline.value) query.set("pipeline", pipeline.value);
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
    list.replaceChildren(shown.length ? table(COLUMNS, shown.map(row)) : h("div", { class: "empty" }, h("p", {}, items.length ? "No job fits." : "No jobs yet."), h("a", { class: "button primary", href: "#/new" }, "Start one")));
  }
  let typed = 0;
  search.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(() => searched().catch(failed), 200); });
  for (const filter of [status, pipeline]) filter.addEventListener("change", () => { items = []; load().then(searched).catch(failed); });
  await load();
  const timer = setInterval(() => { if (!document.hidden) load().catch(() => {}); }, EVERY);
  signal.addEventListener("abort", () => clearInterval(timer));
}

function row(job) {
  const took = job.started_at ? ((job.finished_at ? new Date(job.finished_at) : Date.now()) - new Date(job.started_at)) / 1000 : null;
  const why = job.error?.message ?? job.paused?.message;
  return {
    open: () => { location.hash = `#/job/${job.id}`; },
    cells: [[h("a", { href: `#/job/${job.id}` }, words(job.pipeline)), h("div", { class: "mono dim" }, job.id)], chip(job.status), [job.about || "–", why ? h("div", { class: "small dim" }, why) : null], when(job.created_at), seconds(took), usd(job.cost_usd)],
  };
}
