// Every task: found by stage and state, opened to see what it was given and what it made of it.
import { ask } from "../api.js";
import { button, chip, count, dialog, failed, h, seconds, table, tile, tiles, usd, when, words } from "../dom.js";
import { swap } from "../redraw.js";

const STATES = ["queued", "running", "done", "failed", "skipped", "cancelled", "expired"];
const COLUMNS = [["Task"], ["State"], ["Attempt", true], ["Work", true], ["Waited", true], ["Cost", true]];
const PAGE = 100, SORTED = 300; // so many are put in the order in which they came; of more, a page at a time by their ids

// `stages`: answers the job's stages as they are now.
export function tasks(job, stages) {
  const choose = (label, values) => h("select", { "aria-label": label }, h("option", { value: "" }, `Any ${label.toLowerCase()}`), values.map((value) => h("option", { value }, words(value))));
  const stage = choose("Stage", stages().map((one) => one.name)), state = choose("State", STATES), list = h("div", {}), more = button("Show more", () => further().catch(failed));
  const element = h("div", {}, h("div", { class: "row" }, stage, state), list, more), step = matchMedia("(max-width: 800px)").matches ? 8 : 25;
  let items = [], cursor = null, shown = step;
  async function page(after) {
    const query = new URLSearchParams({ limit: PAGE });
    if (stage.value) query.set("stage", stage.value);
    if (state.value) query.set("state", state.value);
    if (after) query.set("cursor", after);
    return ask(`/api/v1/jobs/${job}/tasks?${query}`);
  }
  async function load() {
    if (shown > SORTED) return; // whoever reads on is not thrown back
    let found = await page(null);
    const all = [...found.items];
    while (found.next_cursor && all.length < SORTED && total() <= SORTED) { found = await page(found.next_cursor); all.push(...found.items); }
    items = all;
    cursor = found.next_cursor;
    if (!cursor) items.sort((one, other) => new Date(one.queued_at) - new Date(other.queued_at) || (one.index ?? 0) - (other.index ?? 0));
    paint();
  }
  async function further() {
    shown += step;
    if (shown > items.length && cursor) { const found = await page(cursor); items.push(...found.items); cursor = found.next_cursor; }
    paint();
  }
  function paint() {
    more.hidden = !cursor && shown >= items.length;
    swap(list, items.length ? table(COLUMNS, items.slice(0, shown).map(row)) : h("p", { class: "dim" }, "No task fits."));
  }
  const total = () => stages().reduce((sum, one) => sum + one.total, 0);
  const name = (task) => named(task, stages()), open = (id) => inside(job, id, name).catch(failed);
  const row = (task) => ({ open: () => open(task.id), cells: [[h("a", { href: location.hash, onclick: (event) => { event.preventDefault(); open(task.id); } }, name(task)), task.waiting || task.error ? h("div", { class: "small dim clamp" }, task.error?.message ?? task.waiting) : null], [chip(task.state), task.cached ? h("span", { class: "chip plain" }, "cached") : null, lost(task)], task.attempt, seconds(task.work_s), task.wait_s ? seconds(task.wait_s) : "–", task.cost_usd ? usd(task.cost_usd) : "–"] });
  for (const filter of [stage, state]) filter.addEventListener("change", () => { shown = step; load().catch(failed); });
  return { element, load, open };
}

// "Read comments 11"; of a branch "Post 3 › Write version 2".
function named(task, stages) {
  const own = `${words(task.stage)}${task.index === null ? "" : ` ${task.index + 1}`}`, branch = stages.find((one) => one.name === task.stage)?.branch;
  return task.branch === null ? own : `${words(branch ?? "branch")} ${task.branch + 1} › ${own}`;
}

async function inside(job, id, name) {
  const found = await ask(`/api/v1/jobs/${job}/tasks/${encodeURIComponent(id)}`), tokens = found.input_tokens + found.output_tokens;
  const made = dialog(name(found), h("p", { class: "row small dim" }, chip(found.state), found.cached ? h("span", { class: "chip plain" }, "cached") : null, lost(found), h("span", { class: "mono" }, found.id)),
    tiles(tile("Work", seconds(found.work_s), found.finished_at ? ["ended ", when(found.finished_at)] : ""), tile("Waited", found.wait_s ? seconds(found.wait_s) : "–", found.waiting ?? ""), tile("Calls", count(found.calls), tokens ? `${count(tokens)} tokens` : ""), tile("Cost", found.cost_usd ? usd(found.cost_usd) : "–", found.attempt > 1 ? `attempt ${found.attempt}` : "")),
    found.error ? h("div", { class: "card error" }, h("p", {}, found.error.message), h("p", { class: "dim" }, found.error.advice)) : null,
    h("h3", {}, "Input"), ...Object.entries(found.input ?? {}).map(([name, given]) => value(found, name, given)), found.input ? null : none(),
    h("h3", {}, "Output"), value(found, "output", found.output),
    found.attempts.length ? h("h3", {}, "What it logged") : null, ...found.attempts.map(attempt));
  made.classList.add("drawer");
}

const lost = (task) => task.process_losses ? h("span", { class: "chip plain", title: "The process that ran it went down; another took it up." }, `process lost ${task.process_losses} ×`) : null;
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
