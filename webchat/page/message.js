// One message → list item.
import { avatar, el, fileSize, fullName, $ } from "./dom.js";
import { clockTime } from "./times.js";
import { richText, summary } from "./text.js";

export function messageItem(message, { me, group, follows }, acts) {
  const service = serviceText(message);
  if (service) return el("li", { class: "service", data: { id: message.message_id } }, el("span", {}, service));
  const own = message.from.id === me;
  const name = fullName(message.from);
  const bubble = el("div", { class: "bubble" });
  if (group && !own && !follows) bubble.append(author(message, name));
  bubble.append(...body(message, acts));
  bubble.append(meta(message));
  bubble.addEventListener("click", (event) => {
    if (!event.target.closest("a, button, img, .spoiler") && getSelection().isCollapsed) acts.reply(message);
  });
  const reply = el("button", { type: "button", class: "reply icon", "aria-label": `回复${name}`, title: "回复", onclick: () => acts.reply(message) }, "↩");
  const edit = own && message.text
    ? el("button", { type: "button", class: "reply icon", "aria-label": "修改这条消息", title: "修改", onclick: () => acts.edit(message) }, "✎") : null;
  const stack = el("div", { class: "stack" }, el("div", { class: "line" }, bubble, el("span", { class: "tools" }, reply, edit)), inlineKeyboard(message, acts));
  const classes = ["message", own ? "own" : "", follows ? "follows" : "", message.photo ? "with-photo" : ""].filter(Boolean).join(" ");
  return el("li", { class: classes, data: { id: message.message_id } }, group && !own ? avatar(message.from.id, name) : null, stack);
}

function author(message, name) {
  const tag = message.from.is_bot ? el("span", { class: "tag" }, "机器人") : null;
  return el("p", { class: `author ink${Math.abs(message.from.id) % 7}` }, name, tag);
}

function serviceText(message) {
  const who = fullName(message.from);
  if (message.forum_topic_created) return `${who} 新建了话题“${message.forum_topic_created.name}”`;
  if (message.new_chat_members) return `${message.new_chat_members.map(fullName).join("、")} 加入了群`;
  if (message.left_chat_member) return `${fullName(message.left_chat_member)} 离开了群`;
  return "";
}

function body(message, acts) {
  const parts = [];
  const origin = message.forward_origin?.sender_user;
  if (origin) parts.push(el("p", { class: "forwarded" }, `转发自 ${fullName(origin)}`));
  const answered = message.reply_to_message;
  if (answered && !answered.forum_topic_created) parts.push(quote(answered, acts));
  if (message.photo) parts.push(photo(message));
  if (message.document) parts.push(fileCard(message.document));
  const text = message.text ?? message.caption;
  if (text) parts.push(el("div", { class: "text" }, richText(text, message.entities || message.caption_entities, acts)));
  return parts;
}

function quote(answered, acts) {
  return el("button", { type: "button", class: "quote", "aria-label": `查看所回复的消息：${summary(answered)}`, onclick: (event) => { event.stopPropagation(); acts.jump(answered.message_id); } },
    el("b", {}, fullName(answered.from)), el("span", {}, summary(answered)));
}

function photo(message) {
  const size = message.photo[message.photo.length - 1];
  const image = el("img", { src: `/page/file/${size.file_unique_id}`, alt: message.caption || "图片", width: size.width, height: size.height, loading: "lazy" });
  return el("button", { type: "button", class: "photo", "aria-label": "放大图片", onclick: (event) => {
    event.stopPropagation();
    $("picture").querySelector("img").src = image.src;
    $("picture").showModal();
  } }, image);
}

function fileCard(file) {
  const extension = (file.file_name.match(/\.([a-z0-9]{1,5})$/i)?.[1] || "文件").toUpperCase();
  return el("a", { class: "file", href: `/page/file/${file.file_unique_id}`, download: file.file_name },
    el("span", { class: "kind", "aria-hidden": "true" }, extension),
    el("span", { class: "about" }, el("b", {}, file.file_name), el("small", {}, `${fileSize(file.file_size)} · 点击下载`)));
}

function meta(message) {
  const edited = message.edit_date ? "已修改 " : "";
  const reaction = message.reaction ? el("span", { class: "reaction" }, message.reaction) : null;
  return el("p", { class: "meta" }, reaction, el("time", { datetime: new Date(message.date * 1000).toISOString() }, edited + clockTime(message.date)));
}

function inlineKeyboard(message, acts) {
  const rows = message.reply_markup?.inline_keyboard;
  if (!rows?.length) return null;
  return el("div", { class: "keyboard", role: "group", "aria-label": "按钮" }, ...rows.map((row) =>
    el("div", { class: "row" }, ...row.map((button) => inlineButton(message, button, acts)))));
}

function inlineButton(message, button, acts) {
  const node = el("button", { type: "button" }, button.text, button.url ? el("span", { class: "out", "aria-label": "（链接）" }, " ↗") : null);
  node.addEventListener("click", () => {
    if (button.callback_data !== undefined) acts.press(message, button.callback_data, node);
    else if (button.url && acts.isDeepLink(button.url)) acts.follow(button.url);
    else if (button.url && /^https?:/i.test(button.url)) window.open(button.url, "_blank", "noopener,noreferrer");
    else if (button.copy_text) navigator.clipboard?.writeText(button.copy_text.text);
  });
  return node;
}
