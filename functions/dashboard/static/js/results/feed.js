// A feed, in its order, each entry with the reason why it is there.
import { h, seconds } from "../dom.js";

export default function show(into, { job, page }) {
  const items = job.result[page.items] ?? [];
  into.append(items.length ? h("ol", { class: "feed" }, items.map((item, at) => entry(item, at, page))) : h("p", { class: "dim" }, "The feed is empty."));
}

function entry(item, at, page) {
  const link = /^https?:/.test(item.url ?? "") ? h("a", { href: item.url, target: "_blank", rel: "noopener noreferrer" }, item.title) : item.title;
  const about = (page.about ?? []).flatMap((name) => item[name] ?? []);
  return h("li", {}, h("span", { class: "place" }, at + 1), h("div", {}, h("strong", {}, link), h("div", { class: "small dim" }, [item[page.by], ...about].filter(Boolean).join(" · ")), item.reason ? h("div", { class: "reason" }, item.reason) : null), h("span", { class: "small dim" }, item.duration_s ? seconds(item.duration_s) : ""));
}
