// A result as what it is, by the kind that its pipeline registers; fields that no kind knows are shown as they are.
import { ask, pipelines } from "../api.js";
import { card, h } from "../dom.js";
import { tree } from "./fields.js";

const KINDS = { file: () => import("./file.js"), posts: () => import("./posts.js"), graph: () => import("./graph.js"), feed: () => import("./feed.js") };

export async function result(into, job, signal) {
  const page = (await pipelines()).find((one) => one.name === job.pipeline)?.result_page ?? { kind: "fields" };
  const filled = h("div", {});
  into.replaceChildren(card("Result", filled));
  if (KINDS[page.kind]) {
    const { default: show } = await KINDS[page.kind]();
    const files = page.kind === "graph" || page.kind === "feed" ? [] : (await ask(`/api/v1/jobs/${job.id}/files`)).items;
    await show(filled, { job, page, files: new Map(files.map((file) => [file.name, file])), signal });
  }
  filled.append(h("details", { open: !KINDS[page.kind] }, h("summary", { class: "dim" }, "All fields"), tree(job.result)));
}
