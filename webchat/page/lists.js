// The two lists at the left: people, and the chats of the one who is shown.
import { $, avatar, el, fullName } from "./dom.js";
import { shortTime } from "./times.js";
import { summary } from "./text.js";

const badge = (count) => count ? el("span", { class: "badge", "aria-label": `${count} 条未读` }, count > 99 ? "99+" : String(count)) : null;

// Rebuilding must not take the keyboard focus away from the row it is on.
function refill(list, rows) {
  const key = list.contains(document.activeElement) ? document.activeElement.dataset.key : null;
  list.replaceChildren(...rows);
  if (key) list.querySelector(`[data-key="${CSS.escape(key)}"]`)?.focus();
}

export function showPeople(state, choose) {
  refill($("people-list"), state.people.map((person) => el("li", {},
    el("button", {
      type: "button", class: "row", "aria-current": person.id === state.me ? "true" : null,
      data: { key: String(person.id), person: person.id }, onclick: () => choose(person.id), title: [person.name, person.note].filter(Boolean).join(" · "),
    }, avatar(person.id, person.name), el("span", { class: "about" }, el("b", {}, person.name), el("small", {}, person.note)), badge(person.unread)))));
  const me = state.people.find((person) => person.id === state.me);
  $("whoami").replaceChildren(avatar(me.id, me.name), el("span", { class: "about" }, el("b", {}, me.name), el("small", {}, me.note || "点击切换身份")), el("span", { class: "switch", "aria-hidden": "true" }, "切换"));
}

export function showChats(state, current, open) {
  refill($("chat-list"), state.chats.flatMap((chat) => chat.forum ? forum(chat, state, current, open) : [single(chat, state, current, open)]));
}

function forum(chat, state, current, open) {
  const head = el("li", { class: "group-name" }, avatar(chat.id, chat.title), el("span", { class: "about" }, el("b", {}, chat.title), el("small", {}, `${chat.members.length} 位成员`)));
  return [head, ...chat.topics.map((topic) => el("li", { class: "topic" }, row(chat, topic, state, current, open, el("span", { class: "hash", "aria-hidden": "true" }, "#"), topic.name)))];
}

function single(chat, state, current, open) {
  const [id, name] = chat.private ? [state.bot.id, state.bot.name] : [chat.id, chat.title];
  return el("li", {}, row(chat, chat.topics[0], state, current, open, avatar(id, name), name));
}

function row(chat, topic, state, current, open, mark, name) {
  const here = current.chat === chat.id && current.topic === topic.id;
  const last = topic.last;
  const by = last && !chat.private && last.from.id !== state.me ? `${fullName(last.from)}：` : "";
  const text = last ? by + summary(last) : chat.private && !chat.started ? "点这里开始对话" : "还没有消息";
  return el("button", {
    type: "button", class: "row", "aria-current": here ? "true" : null,
    data: { key: `${chat.id}/${topic.id}`, chat: chat.id, topic: topic.id }, onclick: () => open(chat.id, topic.id),
  }, mark, el("span", { class: "about" },
    el("span", { class: "top" }, el("b", {}, name, chat.private ? el("span", { class: "tag" }, "机器人") : null), last ? el("time", {}, shortTime(last.date)) : null),
    el("span", { class: "top" }, el("small", {}, text), badge(topic.unread))));
}
