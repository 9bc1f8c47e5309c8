// The page: who is shown, which chat is open, and what the server pushes.
import { events, get, post, upload } from "./api.js";
import { initClock, showClock } from "./clock.js";
import { composeFor, initComposer, setTarget } from "./composer.js";
import { $, toast } from "./dom.js";
import { showChats, showPeople } from "./lists.js";
import * as log from "./log.js";
import { answered, press } from "./presses.js";
import { summary } from "./text.js";
import { setZone } from "./times.js";

const CONNECT_MS = 1500;
const WIDE = matchMedia("(min-width: 721px)");
const here = { person: 0, chat: 0, topic: 0 };
let state = null, closeEvents = () => {}, stateTimer, loading = 0, refreshing = 0, becoming = 0;

const chat = () => state.chats.find((one) => one.id === here.chat);
const topic = () => chat().topics.find((one) => one.id === here.topic) || chat().topics[0];
const where = () => ({ ...here });
const pane = () => $("app").dataset.pane;
const guarded = (work) => (...given) => Promise.resolve(work(...given)).catch((error) => toast(error.message));

const acts = {
  say: async (text, reply) => log.add(await post("say", { ...where(), text, reply_to: reply?.message_id || forcedReply() })),
  sendFile: async (file, caption, reply) => log.add(await upload({ ...where(), caption, reply_to: reply?.message_id }, file)),
  saveEdit: async (message, text) => { if (text !== message.text) await post("edit", { ...where(), message_id: message.message_id, text }); },
  isOwnText: (message) => Boolean(message?.text) && message.from.id === here.person,
};
const shownActs = {
  say: guarded(acts.say),
  follow: guarded(follow),
  press: (message, data, button) => press({ ...where(), message_id: message.message_id }, data, button),
  reply: (message) => { if (!$("composer").hidden) setTarget(message, null); },
  edit: (message) => setTarget(null, message),
  jump: log.jump,
  isDeepLink,
};
const forcedReply = () => (chat().keyboard?.force_reply ? chat().keyboard.message_id : undefined);

function isDeepLink(url) {
  try {
    const address = new URL(url);
    return ["t.me", "telegram.me"].includes(address.hostname) && address.pathname.slice(1).toLowerCase() === state.bot.username.toLowerCase();
  } catch {
    return false;
  }
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

async function becomePerson(person, wanted = here) {
  const turn = ++becoming;
  const fresh = await get("state", person ? { person } : {});
  if (turn !== becoming) return; // somebody else was chosen meanwhile
  state = fresh;
  Object.assign(here, { person: state.me, chat: wanted.chat, topic: wanted.topic });
  if (!chat()) Object.assign(here, { chat: state.chats[0].id, topic: 0 });
  if (!chat().topics.some((one) => one.id === here.topic)) here.topic = 0;
  log.clear();
  await connect();
  if (turn === becoming) await open(here.chat, here.topic, pane() === "people" ? "chats" : pane());
}

// The stream first, then the messages: what is said in between is not missed. Resolves when it is open, or late.
function connect() {
  closeEvents();
  return new Promise((resolve) => {
    let waiting = true;
    const go = () => { waiting = false; resolve(); };
    const opened = () => {
      $("offline").hidden = true;
      if (waiting) { go(); soonRefresh(); } else guarded(catchUp)();
    };
    closeEvents = events(here.person, { opened, lost: () => { $("offline").hidden = false; }, event: received });
    setTimeout(go, CONNECT_MS);
  });
}

async function catchUp() {
  await refreshState();
  await load(true);
}

async function refreshState() {
  clearTimeout(stateTimer);
  stateTimer = undefined;
  const asked = here.person, turn = ++refreshing;
  const fresh = await get("state", { person: asked });
  if (turn !== refreshing || asked !== here.person) return; // a later answer knows more
  if (fresh.me !== asked) { await becomePerson(fresh.me); return; } // that person is gone
  state = fresh;
  if (chat()) showAround();
  else await open(state.chats[0].id, 0);
}

// While the server is away this fails; the stream's own return brings us back.
const soonRefresh = () => { stateTimer ??= setTimeout(() => refreshState().catch(() => {}), 60); };

async function open(chatId, topicId, showPane = "conversation") {
  Object.assign(here, { chat: chatId, topic: topicId });
  log.clear();
  writeAddress();
  $("app").dataset.pane = showPane;
  showAround();
  await load(false);
  if (showPane === "conversation" && WIDE.matches) $("draft").focus({ preventScroll: true });
}

async function load(keepPlace) {
  const turn = ++loading, unread = topic().unread;
  log.beginFetch();
  const page = await get("messages", where());
  if (turn === loading) log.fill(page, keepPlace ? null : unread);
}

function showAround() {
  const now = chat();
  setZone(state.zone);
  showClock(state.clock);
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

function received(event) {
  const shown = event.chat_id === here.chat && (event.topic === undefined || event.topic === here.topic);
  if (event.type === "answer") {
    answered(event);
    if (event.url && isDeepLink(event.url)) shownActs.follow(event.url);
  } else if (event.type === "typing") {
    if (shown) log.showTyping(state.bot.name);
  } else {
    soonRefresh();
    if (shown && event.type === "message") log.add(event.message);
    if (shown && event.type === "edited") log.change(event.message);
    if (shown && event.type === "deleted") log.remove(event.message_ids);
  }
}

function markRead() {
  const last = log.lastMessage();
  const reading = document.visibilityState === "visible" && (pane() === "conversation" || WIDE.matches);
  if (!reading || !last || (!topic().unread && last.from.id === here.person)) return;
  post("read", { ...where(), message_id: last.message_id }).catch(() => {});
}

async function begin() {
  if (chat().started) await post("block", { person: here.person, blocked: false });
  else await acts.say("/start");
  await refreshState();
}

async function toggleBlock() {
  const blocked = chat().bot_in;
  if (blocked && !confirm("停用后，机器人不能再给您发消息。确定停用吗？")) return;
  await post("block", { person: here.person, blocked });
}

async function addPerson(event) {
  event.preventDefault();
  const { id } = await post("person", { name: $("person-name").value, note: $("person-note").value });
  $("person-dialog").close();
  event.target.reset();
  await becomePerson(id);
}

function wire() {
  initComposer(acts);
  initClock(guarded, log.nameDays);
  log.initLog({
    acts: shownActs, me: () => here.person, group: () => !chat().private, read: markRead, reload: guarded(() => load(true)),
    emptyText: () => (chat().private ? state.bot.description || "点下面的“开始使用”，和机器人说话。" : "这里还没有消息，说点什么吧。"),
  });
  const on = (id, act) => $(id).addEventListener("click", act);
  on("begin", guarded(begin));
  on("block", guarded(toggleBlock));
  on("back", () => { $("app").dataset.pane = "chats"; });
  on("people-back", () => { $("app").dataset.pane = "chats"; });
  on("whoami", () => { $("app").dataset.pane = "people"; $("people-list").querySelector("[aria-current]")?.focus(); });
  on("older", guarded(async () => log.prepend(await get("messages", { ...where(), before: log.firstId() }))));
  on("pinned", () => log.jump(chat().pinned.message_id));
  on("picture", () => $("picture").close());
  on("add-person", () => $("person-dialog").showModal());
  on("person-cancel", () => $("person-dialog").close());
  $("person-dialog").querySelector("form").addEventListener("submit", guarded(addPerson));
  document.addEventListener("visibilitychange", () => { if (state) markRead(); });
  addEventListener("hashchange", guarded(() => { const wanted = readAddress(); return becomePerson(wanted.person, wanted); }));
}

async function enter() {
  const wanted = readAddress();
  if (wanted.chat) $("app").dataset.pane = "conversation";
  try {
    await becomePerson(wanted.person, wanted);
  } catch (error) {
    toast(error.message);
    setTimeout(enter, 2000);
  }
}

wire();
enter();
