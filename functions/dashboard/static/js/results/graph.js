// A graph that the server has laid out: sigma.js draws it, a list finds its entities, each with its neighbours and quotes.
import { ask } from "../api.js";
import { button, colour, count, failed, h, many, words } from "../dom.js";

const MOST = 5000, SHOWN = 40, NAMED = 15, LONGEST = 40, HUES = ["#0b7285", "#c2410c", "#6b4fbb", "#16794c", "#b4236a", "#1c5fb8", "#8a6d00", "#0f766e", "#9333a8", "#64748b"];
const loaded = new Map();
const script = (path) => loaded.get(path) ?? loaded.set(path, new Promise((done, broken) => { const made = h("script", { src: path, onload: done, onerror: () => broken(new Error(`${path} did not load`)) }); document.head.append(made); })).get(path);

export default async function show(into, { job, page, signal }) {
  const base = page.source.replace(/\{(\w+)\}/g, (_, name) => encodeURIComponent(job.result[name]));
  const field = h("div", { class: "graph", role: "img", "aria-label": "Map of the graph; the list beside it tells the same" }), beside = h("aside", { class: "card", tabindex: 0, "aria-label": "Entities" });
  const search = h("input", { type: "search", placeholder: "Find an entity", "aria-label": "Find an entity" });
  into.append(h("div", { class: "row" }, search, h("span", { class: "grow" }), h("span", { class: "dim small" }, "Save as"), [["graphml", "GraphML"], ["json-ld", "JSON-LD"], ["csv", "CSV"], ["cypher", "Cypher"]].map(([format, said]) => h("a", { class: "button", href: `${base}/export?format=${format}`, download: "" }, said))), h("p", {}), h("div", { class: "graphpage" }, field, beside));
  const [map] = await Promise.all([ask(`${base}/map?limit=${MOST}`, { signal }), script("/static/vendor/graphology.umd.min.js"), script("/static/vendor/sigma.min.js")]);
  const open = (id) => entity(base, id, beside, open, focus).catch(failed);
  const { renderer, focus } = draw(field, map, open, signal);
  addEventListener("themechange", () => { renderer.setSetting("labelColor", { color: colour("text") }); renderer.setSetting("defaultEdgeColor", colour("dim")); }, { signal });
  signal.addEventListener("abort", () => renderer.kill());
  // The server goes by whole words and by misspellings: while a word is being typed, what is drawn is gone through as well.
  const begun = (text, known) => map.nodes.filter((node) => node.name.toLowerCase().includes(text) && !known.has(node.id)).sort((one, other) => other.size - one.size);
  const find = async () => {
    const text = search.value.trim(), { items } = await ask(`${base}/entities?limit=${SHOWN}&q=${encodeURIComponent(text)}`);
    if (text !== search.value.trim()) return; // a later question's answer is on its way, or here
    const found = text ? [...items, ...begun(text.toLowerCase(), new Set(items.map((item) => item.id)))].slice(0, SHOWN) : items;
    beside.replaceChildren(h("h2", {}, text ? "Found" : "What stands out"), h("p", { class: "small dim" }, text && !found.length ? `Nothing is called “${text}”.` : `Drawn: ${many(map.nodes.length, "entity", "entities")}, ${many(map.edges.length, "relation")}.`), ...found.map((item) => h("div", { class: "row" }, button(item.name, () => open(item.id), "quiet"), h("span", { class: "small dim" }, words(item.type)))));
  };
  let typed = 0;
  search.addEventListener("input", () => { clearTimeout(typed); typed = setTimeout(() => find().catch(failed), 200); });
  await find();
}

// Until what was changed is on the screen: the frame after the next has it behind it.
const drawn = (name, detail) => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => { performance.mark(name, { detail }); done(); })));

function draw(field, map, open, signal) {
  let graph = new window.graphology.MultiDirectedGraph();
  const sizes = map.nodes.map((node) => node.size).sort((one, other) => other - one), largest = Math.max(sizes[0] ?? 0, 1e-9), least = sizes[Math.min(NAMED, sizes.length) - 1];
  const scale = Math.min(1, Math.sqrt(600 / map.nodes.length), Math.max(0.35, field.clientWidth / 700)); // many are drawn smaller: they would cover each other, and be long in drawing without a graphics card
  for (const node of map.nodes) graph.addNode(node.id, { label: node.name, x: node.x, y: node.y, size: Math.max(1.2, scale * (2.5 + 11 * Math.sqrt(Math.max(0, node.size) / largest))), color: HUES[node.community % HUES.length], forceLabel: node.size >= least });
  const taken = []; // the places of the names that are drawn, anew for each picture
  const renderer = new window.Sigma(graph, field, { labelColor: { color: colour("text") }, defaultDrawNodeLabel: labels(colour("bg"), colour("text"), taken), defaultEdgeColor: colour("dim"), stagePadding: field.clientWidth < 500 ? 30 : 60, labelDensity: 1, labelGridCellSize: 100, labelRenderedSizeThreshold: 6, hideEdgesOnMove: map.edges.length > 8000, allowInvalidContainer: true });
  renderer.on("beforeRender", () => taken.splice(0));
  let near = null;
  const focus = (id) => {
    near = graph.hasNode(id) ? new Set([id, ...graph.neighbors(id)]) : null;
    if (near) renderer.getCamera().animate({ ...renderer.getNodeDisplayData(id), ratio: 0.35 }, { duration: matchMedia("(prefers-reduced-motion: reduce)").matches ? 0 : 400 });
    renderer.refresh();
  };
  renderer.setSetting("nodeReducer", (node, data) => (near && !near.has(node) ? { ...data, color: colour("line"), label: "" } : data));
  renderer.setSetting("edgeReducer", (edge, data) => (near && !graph.extremities(edge).every((end) => near.has(end)) ? { ...data, hidden: true } : data));
  renderer.on("clickNode", ({ node }) => open(node));
  renderer.on("clickStage", () => focus(null));
  drawn("graph-painted", map.nodes.length).then(() => { // the entities first: relations take the longer, where there is no graphics card
    if (signal.aborted) return;
    graph = graph.copy(); // one that nobody listens to yet: else each relation is heard of by itself
    for (const edge of map.edges) graph.addEdge(edge.source, edge.target, { size: Math.min(3, 0.4 + Math.log1p(edge.weight) / 2) });
    renderer.setGraph(graph);
    return drawn("graph-whole", map.edges.length);
  });
  return { renderer, focus };
}

// A name on a ground of its own: it is read on top of other entities, too. Where another name stands it is left out.
function labels(ground, ink, taken) {
  return (pen, node, { labelSize, labelFont, labelWeight }) => {
    if (!node.label) return;
    const text = node.label.length > LONGEST ? `${node.label.slice(0, LONGEST)}…` : node.label;
    pen.font = `${labelWeight} ${labelSize}px ${labelFont}`;
    const { width } = pen.measureText(text), beside = node.x + node.size + 3, foot = node.y + labelSize / 3, top = foot - labelSize;
    const left = beside + width > pen.canvas.clientWidth ? node.x - node.size - 3 - width : beside, right = left + width;
    if (taken.some((box) => box.left < right && left < box.right && box.top < foot && top < box.foot)) return;
    taken.push({ left, right, top, foot });
    pen.lineWidth = 4; pen.lineJoin = "round"; pen.strokeStyle = ground;
    pen.strokeText(text, left, foot);
    pen.fillStyle = ink;
    pen.fillText(text, left, foot);
  };
}

async function entity(base, id, beside, open, focus) {
  focus(id);
  const found = await ask(`${base}/entities/${encodeURIComponent(id)}?quotes=8`);
  const neighbours = found.neighbours ?? [], quotes = found.timeline ?? found.quotes ?? [];
  beside.replaceChildren(h("h2", {}, found.name), h("p", { class: "small dim" }, words(found.type ?? ""), found.mentions ? ` · ${count(found.mentions)} mentions` : ""),
    ...neighbours.slice(0, 30).map((one) => h("div", { class: "row small" }, h("span", { class: "dim" }, words(one.relation ?? one.type ?? "")), button(one.name ?? one.entity ?? one.id, () => open(one.id ?? one.entity), "quiet"))),
    ...quotes.slice(0, 12).map((one) => h("blockquote", {}, one.quote ?? one.text ?? one.first?.quote ?? "", h("div", { class: "small dim" }, one.transcript ?? one.title ?? ""))));
}
