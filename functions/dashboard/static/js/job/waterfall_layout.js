// Where each task's bar is: a heading per stage, below it a row per task, or, of a large fan-out, a band per shard.
export const HEAD = 24, ROW = 12, LANE = 1.5, ROWS = 60, THIN = 3;

// `room` (pixels, 0: as much as it takes): rows and bands are squeezed so that all of the run is seen at once, if it can be.
// Answers {height, squeezed, heads: [{y, stage, tasks}], bands: [{y, height, label}], y: Float32Array, h: Float32Array}.
export function layout(data, room = 0) {
  const number = data.id.length, y = new Float32Array(number), h = new Float32Array(number), heads = [], bands = [];
  const groups = new Map();
  for (let at = 0; at < number; at++) {
    if (!groups.has(data.stage[at])) groups.set(data.stage[at], []);
    groups.get(data.stage[at]).push(at);
  }
  const small = [...groups.values()].filter((tasks) => tasks.length <= ROWS), large = number - small.reduce((sum, tasks) => sum + tasks.length, 0);
  const heads_height = groups.size * (HEAD + 4), rows = number - large;
  const row = room && rows ? Math.min(ROW, Math.max(THIN, (room - heads_height - (large ? 120 : 0)) / rows)) : ROW, fixed = heads_height + rows * row;
  const squeeze = room && large ? { lane: Math.min(LANE, Math.max(120, room - fixed) / large), gap: 0, least: 0 } : { lane: LANE, gap: 2, least: 6 };
  let top = 0;
  for (const stage of [...groups.keys()].sort((one, other) => one - other)) {
    const tasks = groups.get(stage);
    heads.push({ y: top, stage, tasks: tasks.length });
    top += HEAD;
    if (tasks.length <= ROWS) {
      tasks.sort((one, other) => data.queued[one] - data.queued[other] || data.index[one] - data.index[other]);
      for (const at of tasks) { y[at] = top + row / 6; h[at] = (row * 2) / 3; top += row; }
    } else top = shards(data, tasks, top, y, h, bands, squeeze);
    top += 4;
  }
  return { height: top, squeezed: row < ROW || bands.length > 0, heads, bands, y, h };
}

function shards(data, tasks, top, y, h, bands, { lane, gap, least }) {
  const members = new Map();
  for (const at of tasks) {
    const shard = data.shard[at] >= 0 ? data.shard[at] : data.branch[at] >= 0 ? data.branch[at] : 0;
    if (!members.has(shard)) members.set(shard, []);
    members.get(shard).push(at);
  }
  for (const shard of [...members.keys()].sort((one, other) => one - other)) {
    const own = members.get(shard), height = Math.max(least, own.length * lane);
    own.sort((one, other) => data.started[one] - data.started[other]);
    own.forEach((at, place) => { y[at] = top + place * lane; h[at] = Math.max(0.6, lane); });
    bands.push({ y: top, height, label: `${data.shard[own[0]] >= 0 ? "shard" : "branch"} ${shard}`, tasks: own.length });
    top += height + gap;
  }
  return top;
}

// Which tasks the job waited for: in each stage of the critical path, the one that ended last.
export function critical(data, stages, names) {
  const last = new Map(), wanted = new Set(names.map((name) => stages.findIndex((stage) => stage.name === name)));
  for (let at = 0; at < data.id.length; at++) {
    const stage = data.stage[at];
    if (wanted.has(stage) && (!last.has(stage) || data.finished[at] > data.finished[last.get(stage)])) last.set(stage, at);
  }
  return last;
}
