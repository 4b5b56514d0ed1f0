// The waterfall: every task of the run on one canvas, as large as the window onto it; what is scrolled away is not drawn.
import { ask } from "../api.js";
import { button, count, h, many } from "../dom.js";
import { AXIS, FAILED, drawn, keys, task_words } from "./waterfall_drawing.js";
import { critical, layout } from "./waterfall_layout.js";

const FIRST = 1000, PAGE = 4500;
const TALLEST = () => Math.min(640, 0.75 * innerHeight);

// `open`: called with the id of the task whose bar was clicked.
export function waterfall(job, signal, open) {
  const canvas = h("canvas", { role: "img" }), space = h("div", { class: "space" }), tip = h("div", { class: "tip", hidden: true });
  const box = h("div", { class: "waterfall", tabindex: 0, "aria-label": "Waterfall of tasks: up and down scroll, left and right move, plus and minus zoom, 0 shows the whole run" }, canvas, space);
  const legend = h("div", { class: "keys" }), told = h("p", { class: "small dim" });
  const view = { from: 0, to: 1, whole: true, all: true };
  const tall = button("Each task", () => { view.all = !view.all; placed(); });
  const zooming = (sign, name, by) => { const made = button(sign, () => zoom(by)); made.setAttribute("aria-label", name); return made; };
  tall.setAttribute("aria-pressed", "false");
  let shown = null, plan = null, marked = new Map(), names = [], loading = false, due = 0;
  const element = h("div", {}, h("div", { class: "row" }, told, h("span", { class: "grow" }), zooming("−", "Zoom out", 1.6), zooming("+", "Zoom in", 1 / 1.6), button("Whole run", () => { view.whole = true; paint(); }), tall), legend, box, tip);

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
    told.textContent = [many(made.tasks.id.length, "task"), again ? `${count(again)} tried more than once` : "", failed ? `${count(failed)} failed` : ""].filter(Boolean).join(", ");
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
    tall.hidden = view.all && !plan.squeezed;
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
  // The task whose bar is under the pointer, or -1.
  function under(event) {
    if (!plan) return -1;
    const spot = canvas.getBoundingClientRect(), y = event.clientY - spot.top + box.scrollTop - AXIS, ms = view.from + ((event.clientX - spot.left) / spot.width) * (view.to - view.from);
    const { tasks } = shown, slack = (view.to - view.from) / 150;
    return tasks.id.findIndex((_, one) => y >= plan.y[one] && y < plan.y[one] + Math.max(2, plan.h[one]) && ms >= tasks.queued[one] - slack && ms <= (tasks.finished[one] < 0 ? shown.now : tasks.finished[one]) + slack);
  }
  box.addEventListener("pointermove", (event) => {
    const at = under(event);
    tip.hidden = at < 0;
    box.classList.toggle("pointed", at >= 0);
    if (at < 0) return;
    tip.replaceChildren(...task_words(shown, at));
    tip.style.left = `${Math.max(4, Math.min(event.clientX + 14, innerWidth - 260))}px`;
    tip.style.top = `${Math.min(event.clientY + 14, innerHeight - 110)}px`;
  });
  box.addEventListener("pointerleave", () => { tip.hidden = true; });
  box.addEventListener("click", (event) => { const at = under(event); if (at >= 0) open(shown.tasks.id[at]); });
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
