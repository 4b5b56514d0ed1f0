// Every task: found by stage and state, opened to see what it was given and what it made of it.
import { ask } from "../api.js";
import { button, chip, dialog, failed, h, seconds, table, tile, tiles, usd, words } from "../dom.js";

const STATES = ["queued", "running", "done", "failed", "skipped", "cancelled", "expired"];
const COLUMNS = [["Task"], ["State"], ["Attempt", true], ["Work", true], ["Waited", true], ["Cost", true]];

export function tasks(job, names) {
  const choose = (label, values) => h("select", { "aria-label": label }, h("option", { value: "" }, `Any ${label.toLowerCase()}`), values.map((value) => h("option", { value }, words(value))));
  const stage = choose("Stage", names), state = choose("State", STATES), list = h("div", {}), more = button("Show more", () => load(true).catch(failed));
  const element = h("div", {}, h("div", { class: "row" }, stage, state), list, more);
  let items = [], cursor = null, deep = false;
  async function load(further = false) {
    if (deep && !further) return; // whoever reads on is not thrown back
    const query = new URLSearchParams({ limit: matchMedia("(max-width: 800px)").matches ? 8 : 25 });
    if (stage.value) query.set("stage", stage.value);
    if (state.value) query.set("state", state.value);
    if (further && cursor) query.set("cursor", cursor);
    const found = await ask(`/api/v1/jobs/${job}/tasks?${query}`);
    deep = further;
    items = further ? [...items, ...found.items] : found.items;
    cursor = found.next_cursor;
    more.hidden = !cursor;
    if (!cursor) items.sort((one, other) => new Date(one.queued_at) - new Date(other.queued_at)); // all are here: as they came, not by their ids
    list.replaceChildren(items.length ? table(COLUMNS, items.map(row)) : h("p", { class: "dim" }, "No task fits."));
  }
  const open = (id) => inside(job, id).catch(failed);
  const row = (task) => ({ open: () => open(task.id), cells: [[h("a", { href: location.hash, onclick: (event) => { event.preventDefault(); open(task.id); } }, words(task.stage), task.index === null ? "" : ` ${task.index + 1}`, task.branch === null ? "" : ` of branch ${task.branch + 1}`), task.waiting || task.error ? h("div", { class: "small dim" }, task.error?.message ?? task.waiting) : null], [chip(task.state), task.cached ? h("span", { class: "chip plain" }, "cached") : null], task.attempt, seconds(task.work_s), task.wait_s ? seconds(task.wait_s) : "–", task.cost_usd ? usd(task.cost_usd) : "–"] });
  for (const filter of [stage, state]) filter.addEventListener("change", () => { deep = false; load().catch(failed); });
  return { element, load, open };
}

async function inside(job, id) {
  const found = await ask(`/api/v1/jobs/${job}/tasks/${encodeURIComponent(id)}`);
  dialog(id, tiles(tile("Attempt", found.attempt), tile("Calls", found.calls), tile("Work", seconds(found.work_s))),
    h("h3", {}, "Input"), ...Object.entries(found.input ?? {}).map(([name, given]) => value(found, name, given)), found.input ? null : none(),
    h("h3", {}, "Output"), value(found, "output", found.output),
    found.attempts.length ? h("h3", {}, "What it logged") : null, ...found.attempts.map(attempt));
}

const none = () => h("p", { class: "dim" }, "Nothing is kept.");

function value(found, name, given) {
  if (found.omitted.includes(name)) return h("p", { class: "dim" }, `${name}: too large to show.`);
  if (given === null || given === undefined) return none();
  return h("pre", { tabindex: 0 }, typeof given === "string" ? given : JSON.stringify(given, null, 2));
}

function attempt(one) {
  const lines = one.lines.map((line) => `${line.at} ${line.level} ${line.message}`);
  return h("pre", { tabindex: 0 }, [`attempt ${one.attempt}: ${one.outcome}${one.error ? `, ${one.error.message}` : ""}`, ...lines, one.traceback ?? ""].join("\n").trim());
}
