// The waterfall: every task of the run on one canvas, as large as the window onto it; what is scrolled away is not drawn.
import { ask } from "../api.js";
import { button, colour, count, h, many, seconds, words } from "../dom.js";
import { HEAD, critical, layout } from "./waterfall_layout.js";

const FIRST = 1000, PAGE = 4500, LEFT = 0, AXIS = 22;
const REASONS = ["#e8a317", "#b0589b", "#3d8bd4", "#6aa84f", "#c96b3b", "#7d6bd1"];
const TALLEST = () => Math.min(640, 0.75 * innerHeight);
const QUEUED = 0, RUNNING = 1, FAILED = 3;

export function waterfall(job, signal) {
  const canvas = h("canvas", { role: "img" }), space = h("div", { class: "space" }), tip = h("div", { class: "tip", hidden: true });
  const box = h("div", { class: "waterfall", tabindex: 0, "aria-label": "Waterfall of tasks: arrow keys scroll, plus and minus zoom" }, canvas, space);
  const legend = h("div", { class: "keys" }), told = h("p", { class: "small dim" });
  const view = { from: 0, to: 1, whole: true, all: true };
  const tall = button("Each task", () => { view.all = !view.all; placed(); });
  tall.setAttribute("aria-pressed", "false");
  let shown = null, plan = null, marked = new Map(), names = [], loading = false, due = 0;
  const element = h("div", {}, h("div", { class: "row" }, told, h("span", { class: "grow" }), button("−", () => zoom(1.6)), button("+", () => zoom(1 / 1.6)), button("Whole run", () => { view.whole = true; paint(); }), tall), legend, box, tip);

  async function load() {
    if (loading) return;
    loading = true;
    try {
      let cursor = null, made = null;
      do {
        const page = await ask(`/api/v1/jobs/${encodeURIComponent(job)}/waterfall?limit=${made ? PAGE : FIRST}${cursor ? `&cursor=${cursor}` : ""}`, { signal });
        made = made ? joined(made, page) : page;
        cursor = page.next_cursor;
        if (!shown || !cursor || made.tasks.id.length > shown.tasks.id.length) await settle(made);
      } while (cursor && !signal.aborted);
    } finally { loading = false; }
  }
  // A page at a time between two frames, so that no one thing takes long.
  const settle = (made) => new Promise((done) => requestAnimationFrame(() => {
    shown = made;
    placed();
    marked = critical(made.tasks, made.stages, names);
    const failed = made.tasks.state.filter((state) => state === FAILED).length, again = made.tasks.attempt.filter((attempt) => attempt > 1).length;
    told.textContent = `${many(made.tasks.id.length, "task")}, ${count(again)} tried more than once, ${count(failed)} failed`;
    canvas.setAttribute("aria-label", `Waterfall: ${told.textContent}. The table of tasks below tells the same.`);
    keys(legend, made);
    draw();
    performance.mark("waterfall-painted", { detail: made.tasks.id.length });
    setTimeout(done, 0);
  }));
  function placed() {
    plan = layout(shown.tasks, view.all ? TALLEST() - AXIS : 0);
    box.style.height = `${Math.min(TALLEST(), plan.height + AXIS + 8)}px`; // no emptier than it has to be
    space.style.height = `${plan.height + AXIS}px`;
    tall.setAttribute("aria-pressed", String(!view.all));
    tall.hidden = !plan.bands.length;
    paint();
  }
  function paint() { if (!due) due = requestAnimationFrame(() => { due = 0; draw(); }); }
  function draw() {
    if (!shown) return;
    const last = Math.max(1, shown.now, ...ends(shown.tasks));
    if (view.whole) { view.from = 0; view.to = last * 1.01; }
    drawn(canvas, box, shown, plan, view, marked);
  }
  function zoom(by, at = 0.5) {
    const middle = view.from + (view.to - view.from) * at;
    view.whole = false;
    view.from = Math.max(0, middle - (middle - view.from) * by);
    view.to = middle + (view.to - middle) * by;
    paint();
  }
  box.addEventListener("scroll", paint, { passive: true });
  box.addEventListener("wheel", (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    zoom(event.deltaY > 0 ? 1.25 : 0.8, event.offsetX / Math.max(1, canvas.clientWidth));
  }, { passive: false });
  box.addEventListener("keydown", (event) => {
    const width = view.to - view.from, move = { ArrowLeft: -0.15, ArrowRight: 0.15 }[event.key];
    if (event.key === "+" || event.key === "=") zoom(0.7); else if (event.key === "-") zoom(1.4);
    else if (event.key === "0") { view.whole = true; paint(); }
    else if (move) { view.whole = false; const by = Math.max(-view.from, move * width); view.from += by; view.to += by; paint(); event.preventDefault(); }
  });
  box.addEventListener("pointermove", (event) => point(event, { box, canvas, shown, plan, view, tip }));
  box.addEventListener("pointerleave", () => { tip.hidden = true; });
  const resized = new ResizeObserver(paint);
  resized.observe(box);
  addEventListener("themechange", () => { if (shown) keys(legend, shown); paint(); }, { signal });
  signal.addEventListener("abort", () => resized.disconnect());
  return { element, load, critical: (path) => { names = path; if (shown) { marked = critical(shown.tasks, shown.stages, names); paint(); } } };
}

function joined(one, other) {
  const reasons = [...one.reasons], place = other.reasons.map((reason) => { if (!reasons.includes(reason)) reasons.push(reason); return reasons.indexOf(reason); });
  const tasks = Object.fromEntries(Object.keys(one.tasks).map((name) => [name, one.tasks[name].concat(name === "reason" ? other.tasks.reason.map((reason) => (reason < 0 ? -1 : place[reason])) : other.tasks[name])]));
  return { ...other, reasons, tasks };
}

function ends(tasks) { let last = 0; for (const end of tasks.finished) if (end > last) last = end; return [last]; }

function keys(legend, made) {
  const key = (fill, text) => { const swatch = h("i"); swatch.style.background = fill; return h("span", {}, swatch, text); };
  legend.replaceChildren(key(colour("accent"), "at work"), key(colour("cached"), "from the cache"), key(colour("bad"), "failed"), key(colour("line"), "in the queue"),
    ...made.reasons.slice(0, 6).map((reason, at) => key(REASONS[at], `waited: ${reason}`)), h("span", {}, "▸ tried again"), h("span", {}, "▔ critical path"));
}

function drawn(canvas, box, shown, plan, view, marked) {
  const width = box.clientWidth, height = box.clientHeight, scale = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale); canvas.height = Math.round(height * scale);
    canvas.style.width = `${width}px`; canvas.style.height = `${height}px`; box.querySelector(".space").style.marginTop = "0";
  }
  const pen = canvas.getContext("2d"), top = box.scrollTop, ink = palette(), x = (ms) => LEFT + ((ms - view.from) / (view.to - view.from)) * width;
  pen.setTransform(scale, 0, 0, scale, 0, 0);
  pen.clearRect(0, 0, width, height);
  plan.bands.forEach((band, at) => {
    const y = band.y - top + AXIS;
    if (at % 2 || y + band.height < 0 || y > height) return;
    pen.fillStyle = ink.soft;
    pen.fillRect(0, y, width, band.height);
  });
  axis(pen, view, width, height, ink);
  bars(pen, { shown, plan, top, height, width, x, ink });
  lines(pen, { shown, plan, top, height, width, x, ink, marked });
}

const palette = () => Object.fromEntries(["accent", "cached", "bad", "line", "soft", "text", "dim", "card", "warn"].map((name) => [name, colour(name)]));

function axis(pen, view, width, height, ink) {
  const span = view.to - view.from, rough = span / Math.max(2, width / 120), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough);
  pen.font = "11px system-ui, sans-serif";
  for (let ms = Math.ceil(view.from / step) * step; ms < view.to; ms += step) {
    const x = ((ms - view.from) / span) * width;
    pen.fillStyle = ink.line; pen.fillRect(x, 0, 1, height);
    pen.fillStyle = ink.dim; pen.fillText(seconds(ms / 1000), x + 4, 13);
  }
}

function bars(pen, { shown, plan, top, height, width, x, ink }) {
  const { tasks } = shown, now = shown.over ? Infinity : shown.now;
  for (let at = 0; at < tasks.id.length; at++) {
    const y = plan.y[at] - top + AXIS, tall = plan.h[at];
    if (y + tall < AXIS || y > height) continue;
    const begun = tasks.started[at] < 0 ? Math.min(now, tasks.finished[at] < 0 ? shown.now : tasks.finished[at]) : tasks.started[at], end = tasks.finished[at] >= 0 ? tasks.finished[at] : shown.now;
    const [from, mid, to] = [x(tasks.queued[at]), x(begun), x(end)];
    if (to < 0 || from > width) continue;
    pen.fillStyle = tasks.reason[at] >= 0 ? REASONS[tasks.reason[at] % REASONS.length] : ink.line;
    if (mid > from) pen.fillRect(from, y + tall * 0.25, mid - from, Math.max(0.5, tall * 0.5));
    if (tasks.state[at] === QUEUED) continue;
    pen.fillStyle = tasks.state[at] === FAILED ? ink.bad : tasks.state[at] > FAILED ? ink.dim : tasks.cached[at] ? ink.cached : ink.accent;
    pen.globalAlpha = tasks.state[at] === RUNNING ? 0.6 : 1;
    pen.fillRect(mid, y, Math.max(1.5, to - mid), tall);
    pen.globalAlpha = 1;
    if (tasks.attempt[at] > 1) { pen.fillStyle = ink.warn; pen.beginPath(); pen.moveTo(mid, y - 1); pen.lineTo(mid + 6, y + tall / 2); pen.lineTo(mid, y + tall + 1); pen.fill(); }
  }
}

function lines(pen, { shown, plan, top, height, width, x, ink, marked }) {
  for (const [, at] of marked) {
    const y = plan.y[at] - top + AXIS;
    if (y < AXIS - 4 || y > height) continue;
    pen.fillStyle = ink.text;
    pen.fillRect(x(shown.tasks.queued[at]), y - 2, Math.max(3, x(shown.tasks.finished[at] < 0 ? shown.now : shown.tasks.finished[at]) - x(shown.tasks.queued[at])), 2);
  }
  pen.font = "600 12px system-ui, sans-serif";
  for (const head of plan.heads) {
    const y = head.y - top + AXIS;
    if (y < -HEAD || y > height) continue;
    pen.fillStyle = ink.card; pen.globalAlpha = 0.85; pen.fillRect(0, y, width, HEAD - 3); pen.globalAlpha = 1;
    pen.fillStyle = marked.has(head.stage) ? ink.accent : ink.text;
    const stage = shown.stages[head.stage];
    pen.fillText(`${marked.has(head.stage) ? "◆ " : ""}${words(stage.name)}  ·  ${count(head.tasks)}${stage.shards > 1 ? ` in ${count(stage.shards)} shards` : ""}`, 8, y + 16);
  }
}

function point(event, { box, canvas, shown, plan, view, tip }) {
  if (!plan) return;
  const spot = canvas.getBoundingClientRect(), y = event.clientY - spot.top + box.scrollTop - AXIS, ms = view.from + ((event.clientX - spot.left) / spot.width) * (view.to - view.from);
  const { tasks } = shown, slack = (view.to - view.from) / 150;
  const at = tasks.id.findIndex((_, one) => y >= plan.y[one] && y < plan.y[one] + Math.max(2, plan.h[one]) && ms >= tasks.queued[one] - slack && ms <= (tasks.finished[one] < 0 ? shown.now : tasks.finished[one]) + slack);
  tip.hidden = at < 0;
  if (at < 0) return;
  const end = tasks.finished[at] < 0 ? shown.now : tasks.finished[at];
  tip.replaceChildren(h("strong", {}, words(shown.stages[tasks.stage[at]].name), tasks.index[at] >= 0 ? ` ${tasks.index[at] + 1}` : ""), h("div", {}, `${shown.states[tasks.state[at]]}, attempt ${tasks.attempt[at]}${tasks.cached[at] ? ", from the cache" : ""}${tasks.shard[at] >= 0 ? `, shard ${tasks.shard[at]}` : ""}`),
    h("div", {}, tasks.started[at] < 0 ? `queued for ${seconds((shown.now - tasks.queued[at]) / 1000)}` : `${seconds((tasks.started[at] - tasks.queued[at]) / 1000)} before, ${seconds((end - tasks.started[at]) / 1000)} at work`), tasks.reason[at] >= 0 ? h("div", {}, `waited ${seconds(tasks.waited[at] / 1000)} for ${shown.reasons[tasks.reason[at]]}`) : "");
  tip.style.left = `${Math.min(event.clientX + 14, innerWidth - 240)}px`;
  tip.style.top = `${event.clientY + 14}px`;
}
