// Text with Bot API entities → DOM. Offsets are UTF-16 units, as in JavaScript strings.
import { el } from "./dom.js";

const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);
const SIMPLE = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code" };

export function richText(text, entities, acts) {
  const sorted = [...(entities || [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return pieces(text, 0, text.length, sorted, acts);
}

function pieces(text, start, end, entities, acts) {
  const out = document.createDocumentFragment();
  let at = start, index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const stop = Math.min(end, entity.offset + entity.length);
    if (entity.offset < at || stop <= entity.offset) { index += 1; continue; }
    let last = index + 1;
    while (last < entities.length && entities[last].offset < stop) last += 1;
    out.append(text.slice(at, entity.offset));
    const inner = pieces(text, entity.offset, stop, entities.slice(index + 1, last), acts);
    out.append(wrap(entity, text.slice(entity.offset, stop), inner, acts));
    at = stop;
    if (BLOCKS.has(entity.type) && text[at] === "\n") at += 1;
    index = last;
  }
  out.append(text.slice(at, end));
  return out;
}

function wrap(entity, plain, inner, acts) {
  if (SIMPLE[entity.type]) return el(SIMPLE[entity.type], {}, inner);
  switch (entity.type) {
    case "pre": return el("pre", {}, el("code", {}, inner));
    case "blockquote": return el("blockquote", {}, inner);
    case "expandable_blockquote": return foldable(inner, plain);
    case "spoiler": return spoiler(inner);
    case "text_link": return link(entity.url, inner, acts);
    case "url": return link(plain, inner, acts);
    case "email": return el("a", { href: `mailto:${plain}` }, inner);
    case "bot_command":
      return el("button", { type: "button", class: "command", onclick: (e) => { e.stopPropagation(); acts.say(plain); } }, inner);
    case "mention": case "text_mention": case "hashtag": return el("span", { class: "mention" }, inner);
    default: return inner;
  }
}

function foldable(inner, plain) {
  const quote = el("blockquote", {}, inner);
  if (plain.length < 120 && plain.split("\n").length < 4) return quote;
  quote.classList.add("folded");
  const more = el("button", { type: "button", class: "unfold", "aria-expanded": "false" }, "展开");
  more.addEventListener("click", (event) => {
    event.stopPropagation();
    const folded = quote.classList.toggle("folded");
    more.textContent = folded ? "展开" : "收起";
    more.setAttribute("aria-expanded", String(!folded));
  });
  return el("div", { class: "foldable" }, quote, more);
}

function spoiler(inner) {
  const node = el("span", { class: "spoiler", tabindex: "0", role: "button", "aria-label": "显示隐藏的文字" }, inner);
  const show = (event) => { event.stopPropagation(); node.className = ""; };
  node.addEventListener("click", show);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") show(event); });
  return node;
}

export function link(address, inner, acts) {
  const url = /^[a-z]+:/i.test(address) ? address : `https://${address}`;
  if (!/^(https?|mailto):/i.test(url)) return el("span", { class: "mention" }, inner);
  const node = el("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, inner);
  node.addEventListener("click", (event) => {
    event.stopPropagation();
    if (!acts.isDeepLink(url)) return;
    event.preventDefault();
    acts.follow(url);
  });
  return node;
}

// One line for lists and quotes.
export function summary(message) {
  if (message.forum_topic_created) return `话题：${message.forum_topic_created.name}`;
  if (message.new_chat_members) return "加入了群";
  if (message.left_chat_member) return "离开了群";
  const kind = message.photo ? "［图片］" : message.document ? `［文件］${message.document.file_name}` : "";
  return [kind, message.text || message.caption || ""].filter(Boolean).join(" ").replace(/\s+/g, " ");
}
