// A waterfall's bars on its canvas, what their colours mean, and what is told of one task.
import { colour, count, h, seconds, words } from "../dom.js";
import { HEAD } from "./waterfall_layout.js";

export const AXIS = 22, FAILED = 3;
const QUEUED = 0, RUNNING = 1, COLOURS = 6, ANSWER = "an answer";
const INKS = ["accent", "cached", "bad", "line", "queued", "soft", "text", "dim", "card", "warn", "wait-answer", ...Array.from({ length: COLOURS }, (_, at) => `wait-${at}`)];

// A colour for each reason to wait; an answer has its own, whatever else there is.
const ink_of = (reasons, at) => (reasons[at] === ANSWER ? "wait-answer" : `wait-${reasons.slice(0, at).filter((reason) => reason !== ANSWER).length % COLOURS}`);
const palette = () => Object.fromEntries(INKS.map((name) => [name, colour(name)]));

export function keys(legend, made) {
  const key = (ink, text) => { const swatch = h("i"); swatch.style.background = colour(ink); return h("span", {}, swatch, text); };
  legend.replaceChildren(key("accent", "at work"), key("cached", "from the cache"), key("bad", "failed"), key("queued", "in the queue"),
    ...made.reasons.slice(0, COLOURS).map((reason, at) => key(ink_of(made.reasons, at), `waited for ${reason}`)), h("span", {}, "▸ tried again"), h("span", {}, "▔ critical path"));
}

export function drawn(canvas, box, shown, plan, view, marked) {
  const width = box.clientWidth, height = box.clientHeight, scale = devicePixelRatio || 1;
  if (canvas.width !== Math.round(width * scale) || canvas.height !== Math.round(height * scale)) {
    canvas.width = Math.round(width * scale); canvas.height = Math.round(height * scale);
    canvas.style.width = `${width}px`; canvas.style.height = `${height}px`; box.querySelector(".space").style.marginTop = "0";
  }
  const pen = canvas.getContext("2d"), top = box.scrollTop, ink = palette(), x = (ms) => ((ms - view.from) / (view.to - view.from)) * width;
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

function axis(pen, view, width, height, ink) {
  const span = view.to - view.from, rough = span / Math.max(2, width / 120), power = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((by) => by * power).find((by) => by >= rough);
  pen.font = "11px system-ui, sans-serif";
  for (let ms = Math.ceil(view.from / step) * step; ms < view.to; ms += step) {
    const x = ((ms - view.from) / span) * width, text = ms ? seconds(ms / 1000) : "0";
    pen.fillStyle = ink.line; pen.fillRect(x, 0, 1, height);
    if (x + 4 + pen.measureText(text).width <= width) { pen.fillStyle = ink.dim; pen.fillText(text, x + 4, 13); }
  }
}

// When a task's parts began: in the queue, waiting for something, at work, over. A wait comes after the first attempt's start.
function parts({ tasks, now }, at) {
  const end = tasks.finished[at] >= 0 ? tasks.finished[at] : now, begun = tasks.started[at] >= 0 ? Math.min(tasks.started[at], end) : end;
  if (tasks.state[at] === QUEUED) return { begun: tasks.reason[at] >= 0 && tasks.started[at] < 0 ? tasks.queued[at] : begun, work: end, end };
  return { begun, work: Math.min(end, begun + (tasks.reason[at] >= 0 ? tasks.waited[at] : 0)), end };
}

function bars(pen, { shown, plan, top, height, width, x, ink }) {
  const { tasks } = shown, waits = shown.reasons.map((_, at) => ink[ink_of(shown.reasons, at)]);
  for (let at = 0; at < tasks.id.length; at++) {
    const y = plan.y[at] - top + AXIS, tall = plan.h[at];
    if (y + tall < AXIS || y > height) continue;
    const { begun, work, end } = parts(shown, at), [from, waiting, working, to] = [x(tasks.queued[at]), x(begun), x(work), x(end)];
    if (to < 0 || from > width) continue;
    pen.fillStyle = ink.queued;
    if (waiting > from) pen.fillRect(from, y + tall * 0.25, waiting - from, Math.max(0.5, tall * 0.5));
    pen.fillStyle = tasks.reason[at] >= 0 ? waits[tasks.reason[at]] : ink.queued;
    if (working > waiting) pen.fillRect(waiting, y + tall * 0.15, working - waiting, Math.max(0.5, tall * 0.7));
    if (tasks.state[at] === QUEUED) continue;
    pen.fillStyle = tasks.state[at] === FAILED ? ink.bad : tasks.state[at] > FAILED ? ink.dim : tasks.cached[at] ? ink.cached : ink.accent;
    pen.globalAlpha = tasks.state[at] === RUNNING ? 0.6 : 1;
    pen.fillRect(working, y, Math.max(1.5, to - working), tall);
    pen.globalAlpha = 1;
    if (tasks.attempt[at] > 1) { pen.fillStyle = ink.warn; pen.beginPath(); pen.moveTo(working, y - 1); pen.lineTo(working + 6, y + tall / 2); pen.lineTo(working, y + tall + 1); pen.fill(); }
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

// One task in words: for the tip at the pointer.
export function task_words(shown, at) {
  const { tasks } = shown, { begun, work, end } = parts(shown, at), span = (from, to) => seconds(Math.max(0, to - from) / 1000);
  const times = [`in the queue ${span(tasks.queued[at], begun)}`, work > begun && tasks.reason[at] >= 0 ? `waited ${span(begun, work)} for ${shown.reasons[tasks.reason[at]]}` : "", tasks.state[at] === QUEUED ? "" : `at work ${span(work, end)}`].filter(Boolean);
  return [h("strong", {}, words(shown.stages[tasks.stage[at]].name), tasks.index[at] >= 0 ? ` ${tasks.index[at] + 1}` : ""),
    h("div", {}, `${shown.states[tasks.state[at]]}, attempt ${tasks.attempt[at]}${tasks.cached[at] ? ", from the cache" : ""}${tasks.shard[at] >= 0 ? `, shard ${tasks.shard[at] + 1}` : ""}`), ...times.map((time) => h("div", {}, time))];
}
