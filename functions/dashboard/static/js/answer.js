// A question by its own link: whoever was sent it answers without a key.
import { ask } from "./api.js";
import { h, words } from "./dom.js";
import { question } from "./questions.js";

export default async function draw(into, [token], signal) {
  const path = `/answers/${encodeURIComponent(token ?? "")}`, found = await ask(path, { signal });
  const thanks = () => into.replaceChildren(h("h1", {}, "Thank you"), h("p", {}, "The answer has arrived, and the work goes on."));
  if (found.state === "answered") { into.append(h("h1", {}, found.asks), h("p", {}, "This has been answered.")); return; }
  into.append(h("div", { class: "head" }, h("h1", {}, words(found.pipeline))), question(found, path, thanks));
}
