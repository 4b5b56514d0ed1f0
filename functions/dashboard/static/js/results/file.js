// The file that a result is: a PDF or an image in the page, anything else to save.
import { h } from "../dom.js";

export default function show(into, { job, page, files }) {
  const file = files.get(job.result[page.items]) ?? [...files.values()][0];
  if (!file) { into.append(h("p", { class: "dim" }, "Its file is not kept any more.")); return; }
  const title = job.result.title ?? "The file";
  into.append(h("div", { class: "row" }, h("strong", { class: "grow" }, title), h("a", { class: "button primary", href: file.download_url, download: "" }, "Save"), h("a", { class: "button", href: file.url, target: "_blank", rel: "noopener" }, "Open alone")));
  into.append(h("p", {}));
  if (file.media === "application/pdf") into.append(h("iframe", { class: "pdf", src: file.url, title }));
  else if (file.media.startsWith("image/")) into.append(h("img", { class: "pdf", src: file.url, alt: title }));
}
