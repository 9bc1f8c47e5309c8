// The messages of the open chat: shown in order, kept at the newest unless one scrolls up.
import { $, el } from "./dom.js";
import { dayName } from "./times.js";
import { messageItem } from "./message.js";

const NEAR_PX = 80, GROUPED_S = 300, TYPING_MS = 5500;
let room = null; // { acts, me(), group(), emptyText(), read(lastId), reload() }
let arrived = new Map(); // what the stream brought while a page of messages was being fetched
let messages = new Map(), unreadFrom = 0, atBottom = true, typingTimer;

export function initLog(given) {
  room = given;
  $("scroller").addEventListener("scroll", () => { atBottom = nearBottom(); $("to-bottom").hidden = atBottom; }, { passive: true });
  $("to-bottom").addEventListener("click", toBottom);
  const sizes = new ResizeObserver(() => { if (atBottom) toBottom(); }); // pictures arrive, the keyboard opens
  sizes.observe($("log"));
  sizes.observe($("scroller"));
}

export const firstId = () => Math.min(...messages.keys());
export const lastMessage = () => [...messages.values()].at(-1);

export function clear() {
  messages = new Map();
  arrived = new Map();
  hideTyping();
}

export function beginFetch() {
  arrived = new Map();
}

// `unread` counts the new messages of others; null keeps the place and the mark, as after a reconnection.
export function fill(page, unread) {
  const stay = unread === null && !nearBottom(), top = $("scroller").scrollTop, seen = lastMessage()?.message_id;
  const fetched = page.messages.map((message) => [message.message_id, message]);
  messages = new Map([...fetched, ...arrived].sort(([one], [other]) => one - other));
  if (unread !== null) unreadFrom = firstUnread(unread);
  show(page.more);
  const first = unread === null ? [...messages.keys()].find((id) => id > seen) : unreadFrom;
  if (stay) $("scroller").scrollTop = top;
  else if (first) showFrom($("log").querySelector(".unread") || find(first));
  else toBottom();
  room.read();
}

export function prepend(page) {
  const height = $("scroller").scrollHeight;
  messages = new Map([...page.messages.map((message) => [message.message_id, message]), ...messages]);
  show(page.more);
  $("scroller").scrollTop += $("scroller").scrollHeight - height;
}

export function add(message) {
  arrived.set(message.message_id, message);
  if (messages.has(message.message_id)) return;
  const previous = lastMessage();
  if (previous && previous.message_id > message.message_id) { room.reload(); return; }
  const stick = nearBottom() || message.from.id === room.me();
  messages.set(message.message_id, message);
  $("log").append(...separators(message, previous), item(message, previous));
  $("empty").hidden = true;
  if (stick) showFrom($("log").lastElementChild);
  else $("to-bottom").hidden = false;
  if (message.from.is_bot) hideTyping();
  room.read();
}

export function change(message) {
  if (!messages.has(message.message_id)) return;
  messages.set(message.message_id, message);
  arrived.set(message.message_id, message);
  const all = [...messages.values()];
  const previous = all[all.findIndex((one) => one.message_id === message.message_id) - 1];
  find(message.message_id)?.replaceWith(item(message, previous));
}

export function remove(ids) {
  ids.forEach((id) => { messages.delete(id); arrived.delete(id); });
  show(!$("older").hidden);
}

export function jump(id) {
  const there = find(id);
  if (!there) return;
  there.scrollIntoView({ block: "center" });
  there.classList.add("found");
  setTimeout(() => there.classList.remove("found"), 1500);
}

export function showTyping(name) {
  $("typing").textContent = `${name} 正在输入…`;
  $("typing").hidden = false;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideTyping, TYPING_MS);
}

export function hideTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
}

const find = (id) => document.querySelector(`#log [data-id="${id}"]`);

function show(more) {
  let previous = null;
  const items = [];
  for (const message of messages.values()) {
    items.push(...separators(message, previous), item(message, previous));
    previous = message;
  }
  $("log").replaceChildren(...items);
  $("older").hidden = !more;
  $("empty").hidden = messages.size > 0;
  $("empty").textContent = room.emptyText();
}

function item(message, previous) {
  const follows = Boolean(previous) && previous.from.id === message.from.id && message.date - previous.date < GROUPED_S
    && !previous.forum_topic_created && !previous.new_chat_members;
  return messageItem(message, { me: room.me(), group: room.group(), follows }, room.acts);
}

// After the room's clock was set ahead, 今天 is another day.
export function nameDays() {
  for (const row of $("log").querySelectorAll(".day[data-at]")) row.firstChild.textContent = dayName(Number(row.dataset.at));
}

function separators(message, previous) {
  const day = dayName(message.date), rows = [];
  if (!previous || dayName(previous.date) !== day) rows.push(el("li", { class: "day", data: { at: message.date } }, el("span", {}, day)));
  if (unreadFrom && message.message_id === unreadFrom) rows.push(el("li", { class: "day unread" }, el("span", {}, "以下是新消息")));
  return rows;
}

function firstUnread(count) {
  const others = [...messages.values()].filter((one) => one.from.id !== room.me());
  return count && others.length > count ? others[others.length - count].message_id : 0;
}

function nearBottom() {
  const box = $("scroller");
  return box.scrollHeight - box.scrollTop - box.clientHeight < NEAR_PX;
}

// What is new and taller than the window is read from its beginning; what fits is shown to its end.
function showFrom(node) {
  const box = $("scroller"), gap = node.getBoundingClientRect().top - box.getBoundingClientRect().top;
  if (box.scrollHeight - box.scrollTop - gap <= box.clientHeight) { toBottom(); return; }
  box.scrollTop += gap - 8;
  atBottom = false;
  $("to-bottom").hidden = false;
}

function toBottom() {
  atBottom = true;
  $("scroller").scrollTop = $("scroller").scrollHeight;
  $("to-bottom").hidden = true;
}
