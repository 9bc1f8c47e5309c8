// The page: who is shown, which chat is open, and what the server pushes.
import { events, get, post, upload } from "./api.js";
import { composeFor, initComposer, setTarget } from "./composer.js";
import { $, dayName, el, toast } from "./dom.js";
import { showChats, showPeople } from "./lists.js";
import { messageItem } from "./message.js";
import { summary } from "./text.js";

const here = { person: 0, chat: 0, topic: 0 };
let state = null, messages = new Map(), more = false, unreadFrom = 0, closeEvents = () => {};
let typingTimer, stateTimer, loading = 0, atBottom = true;
const waiting = new Map(); // query id → button
const answered = new Map(); // answers that came before the press returned

const chat = () => state.chats.find((one) => one.id === here.chat);
const topic = () => chat().topics.find((one) => one.id === here.topic) || chat().topics[0];
const where = () => ({ person: here.person, chat: here.chat, topic: here.topic });

const acts = {
  say: async (text, reply) => add(await post("say", { ...where(), text, reply_to: reply?.message_id || forcedReply() })),
  sendFile: async (file, caption, reply) => add(await upload({ ...where(), caption, reply_to: reply?.message_id }, file)),
  saveEdit: async (message, text) => { if (text !== message.text) await post("edit", { ...where(), message_id: message.message_id, text }); },
  reply: (message) => { if (!$("composer").hidden) setTarget(message, null); },
  edit: (message) => setTarget(null, message),
  isOwnText: (message) => Boolean(message?.text) && message.from.id === here.person,
  press, follow,
  jump: (id) => document.querySelector(`#log [data-id="${id}"]`)?.scrollIntoView({ block: "center" }),
  isDeepLink: (url) => {
    try {
      const address = new URL(url);
      return ["t.me", "telegram.me"].includes(address.hostname) && address.pathname.slice(1).toLowerCase() === state.bot.username.toLowerCase();
    } catch { return false; }
  },
};
const forcedReply = () => (chat().keyboard?.force_reply ? chat().keyboard.message_id : undefined);
const guarded = (work) => (...given) => Promise.resolve(work(...given)).catch((error) => toast(error.message));
const textActs = { ...acts, say: guarded(acts.say), follow: guarded(follow) };

async function press(message, data, button) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const settle = () => button.removeAttribute("aria-busy");
  try {
    const { query_id: id, ttl_s: ttl } = await post("press", { ...where(), message_id: message.message_id, data });
    if (answered.delete(id)) return settle();
    waiting.set(id, settle);
    setTimeout(() => { if (waiting.delete(id)) settle(); }, ttl * 1000);
  } catch (error) {
    settle();
    toast(error.message);
  }
  return undefined;
}

async function follow(url) {
  await post("follow", { person: here.person, url });
  await open(here.person, 0);
}

// Address: #p=PERSON&c=CHAT&t=TOPIC
function readAddress() {
  const given = new URLSearchParams(location.hash.slice(1));
  return { person: Number(given.get("p")) || 0, chat: Number(given.get("c")) || 0, topic: Number(given.get("t")) || 0 };
}

function writeAddress() {
  const hash = `#p=${here.person}&c=${here.chat}&t=${here.topic}`;
  if (location.hash !== hash) history.replaceState(null, "", hash);
}

async function becomePerson(person, wanted = {}) {
  state = await get("state", person ? { person } : {});
  Object.assign(here, { person: state.me, chat: wanted.chat || here.chat, topic: wanted.topic ?? here.topic });
  if (!chat()) Object.assign(here, { chat: (state.chats.find((one) => one.private && one.started) || state.chats[0]).id, topic: 0 });
  if (!chat().topics.some((one) => one.id === here.topic)) here.topic = 0;
  closeEvents();
  await open(here.chat, here.topic, $("app").dataset.pane === "people" ? "chats" : $("app").dataset.pane);
  closeEvents = events(here.person, { opened: catchUp, lost: () => { $("offline").hidden = false; }, event: received });
}

async function catchUp() {
  $("offline").hidden = true;
  await refreshState();
  await load(true);
}

async function refreshState() {
  clearTimeout(stateTimer);
  stateTimer = undefined;
  try {
    const fresh = await get("state", { person: here.person });
    if (fresh.me !== here.person) return becomePerson(fresh.me);
    state = fresh;
    if (!chat()) return open(state.chats[0].id, 0);
    showAround();
  } catch { /* the stream's own reconnect will bring us back */ }
  return undefined;
}

const soonRefresh = () => { stateTimer ??= setTimeout(refreshState, 60); };

async function open(chatId, topicId, pane = "conversation") {
  Object.assign(here, { chat: chatId, topic: topicId });
  messages = new Map();
  hideTyping();
  writeAddress();
  if (!chat()) await refreshState();
  $("app").dataset.pane = pane;
  showAround();
  await load(false);
  if (pane === "conversation" && matchMedia("(min-width: 721px)").matches) $("draft").focus({ preventScroll: true });
}

async function load(keepPlace) {
  const turn = ++loading;
  const unread = topic()?.unread || 0;
  const page = await get("messages", where());
  if (turn !== loading) return;
  messages = new Map(page.messages.map((message) => [message.message_id, message]));
  more = page.more;
  if (!keepPlace) unreadFrom = firstUnread(unread);
  const stay = keepPlace && !nearBottom();
  const top = $("scroller").scrollTop;
  showMessages();
  if (stay) $("scroller").scrollTop = top;
  else toBottom();
  markRead();
}

function firstUnread(count) {
  const others = [...messages.values()].filter((one) => one.from.id !== here.person);
  return count && others.length > count ? others[others.length - count].message_id : 0;
}

async function loadOlder() {
  const page = await get("messages", { ...where(), before: Math.min(...messages.keys()) });
  const height = $("scroller").scrollHeight;
  messages = new Map([...page.messages.map((message) => [message.message_id, message]), ...messages]);
  more = page.more;
  showMessages();
  $("scroller").scrollTop += $("scroller").scrollHeight - height;
}

function showAround() {
  const now = chat();
  showPeople(state, guarded((person) => becomePerson(person)));
  showChats(state, here, guarded(open));
  $("title").textContent = now.private ? state.bot.name : now.forum ? `${now.title} · ${topic().name}` : now.title;
  $("subtitle").textContent = now.private ? "机器人" : `${now.members.length} 位成员${now.bot_in ? `，机器人 @${state.bot.username} 在群里` : ""}`;
  document.title = `${$("title").textContent} — 联络聊天室`;
  $("block").hidden = !now.private || !now.started;
  $("block").textContent = now.bot_in ? "停用机器人" : "重新启用";
  const pinnedHere = now.pinned && (now.pinned.is_topic_message ? now.pinned.message_thread_id : 0) === here.topic;
  $("pinned").hidden = !pinnedHere;
  $("pinned").textContent = pinnedHere ? `置顶：${summary(now.pinned)}` : "";
  composeFor(`${here.person}/${here.chat}/${here.topic}`, now, state);
}

const context = (message, previous) => ({
  me: here.person, group: !chat().private,
  follows: Boolean(previous) && previous.from.id === message.from.id && message.date - previous.date < 300 && !previous.forum_topic_created && !previous.new_chat_members,
});

function showMessages() {
  const items = [];
  let previous = null;
  for (const message of messages.values()) {
    items.push(...separators(message, previous), messageItem(message, context(message, previous), textActs));
    previous = message;
  }
  $("log").replaceChildren(...items);
  $("older").hidden = !more;
  $("empty").hidden = messages.size > 0;
  $("empty").textContent = chat().private ? state.bot.description || "点下面的“开始使用”，和机器人说话。" : "这里还没有消息，说点什么吧。";
}

function separators(message, previous) {
  const day = dayName(message.date), rows = [];
  if (!previous || dayName(previous.date) !== day) rows.push(el("li", { class: "day", role: "presentation" }, el("span", {}, day)));
  if (unreadFrom && message.message_id === unreadFrom) rows.push(el("li", { class: "day unread", role: "presentation" }, el("span", {}, "以下是新消息")));
  return rows;
}

function add(message) {
  if (messages.has(message.message_id)) return;
  const previous = [...messages.values()].at(-1);
  if (previous && previous.message_id > message.message_id) { load(true); return; }
  const stick = nearBottom() || message.from.id === here.person;
  messages.set(message.message_id, message);
  $("log").append(...separators(message, previous), messageItem(message, context(message, previous), textActs));
  $("empty").hidden = true;
  if (stick) toBottom();
  else $("to-bottom").hidden = false;
  if (message.from.is_bot) hideTyping();
  markRead();
}

function change(message) {
  if (!messages.has(message.message_id)) return;
  const stick = nearBottom();
  messages.set(message.message_id, message);
  const all = [...messages.values()];
  const previous = all[all.findIndex((one) => one.message_id === message.message_id) - 1];
  document.querySelector(`#log [data-id="${message.message_id}"]`)?.replaceWith(messageItem(message, context(message, previous), textActs));
  if (stick) toBottom();
}

function received(event) {
  const shown = event.chat_id === here.chat && (event.topic === undefined || event.topic === here.topic);
  if (event.type === "answer") return answer(event);
  if (event.type === "typing") { if (shown) showTyping(); return undefined; }
  soonRefresh();
  if (!shown) return undefined;
  if (event.type === "message") add(event.message);
  if (event.type === "edited") change(event.message);
  if (event.type === "deleted") { event.message_ids.forEach((id) => messages.delete(id)); showMessages(); }
  return undefined;
}

function answer(event) {
  const settle = waiting.get(event.query_id);
  if (settle) { waiting.delete(event.query_id); settle(); }
  else answered.set(event.query_id, true);
  if (event.url && acts.isDeepLink(event.url)) guarded(follow)(event.url);
  else if (event.text && event.alert) { $("alert-text").textContent = event.text; $("alert").showModal(); }
  else if (event.text) toast(event.text);
}

function showTyping() {
  $("typing").textContent = `${state.bot.name} 正在输入…`;
  $("typing").hidden = false;
  clearTimeout(typingTimer);
  typingTimer = setTimeout(hideTyping, 5500);
}

function hideTyping() {
  clearTimeout(typingTimer);
  $("typing").hidden = true;
}

function nearBottom() {
  const box = $("scroller");
  return box.scrollHeight - box.scrollTop - box.clientHeight < 80;
}

function toBottom() {
  atBottom = true;
  $("scroller").scrollTop = $("scroller").scrollHeight;
  $("to-bottom").hidden = true;
}

function markRead() {
  const reading = document.visibilityState === "visible" && ($("app").dataset.pane === "conversation" || matchMedia("(min-width: 721px)").matches);
  if (!reading || !topic()?.unread && [...messages.values()].at(-1)?.from.id === here.person) return;
  const last = Math.max(0, ...messages.keys());
  if (last) post("read", { ...where(), message_id: last }).catch(() => {});
}

function wire() {
  initComposer(acts);
  $("begin").addEventListener("click", guarded(async () => { await (chat().started ? post("block", { person: here.person, blocked: false }) : acts.say("/start")); await refreshState(); }));
  $("block").addEventListener("click", guarded(() => post("block", { person: here.person, blocked: chat().bot_in })));
  $("back").addEventListener("click", () => { $("app").dataset.pane = "chats"; });
  $("whoami").addEventListener("click", () => { $("app").dataset.pane = "people"; $("people-list").querySelector("[aria-current]")?.focus(); });
  $("people-back").addEventListener("click", () => { $("app").dataset.pane = "chats"; });
  $("older").addEventListener("click", guarded(loadOlder));
  $("to-bottom").addEventListener("click", toBottom);
  $("pinned").addEventListener("click", () => acts.jump(chat().pinned.message_id));
  $("scroller").addEventListener("scroll", () => { atBottom = nearBottom(); if (atBottom) $("to-bottom").hidden = true; }, { passive: true });
  const sizes = new ResizeObserver(() => { if (atBottom) toBottom(); }); // pictures arrive, the keyboard opens
  sizes.observe($("log"));
  sizes.observe($("scroller"));
  $("picture").addEventListener("click", () => $("picture").close());
  $("add-person").addEventListener("click", () => $("person-dialog").showModal());
  $("person-cancel").addEventListener("click", () => $("person-dialog").close());
  $("person-dialog").querySelector("form").addEventListener("submit", guarded(async (event) => {
    event.preventDefault();
    const { id } = await post("person", { name: $("person-name").value, note: $("person-note").value });
    $("person-dialog").close();
    event.target.reset();
    await becomePerson(id);
  }));
  document.addEventListener("visibilitychange", markRead);
  addEventListener("hashchange", guarded(() => { const wanted = readAddress(); return becomePerson(wanted.person, wanted); }));
}

async function begin() {
  const wanted = readAddress();
  if (wanted.chat) $("app").dataset.pane = "conversation";
  try {
    await becomePerson(wanted.person, wanted);
  } catch (error) {
    toast(error.message);
    setTimeout(begin, 2000);
  }
}

wire();
begin();
