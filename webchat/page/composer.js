// The writing line: drafts, replies, edits, files, commands and mentions, reply keyboards.
import { $, el, fileSize, fullName, toast } from "./dom.js";
import { summary } from "./text.js";

const draft = $("draft"), suggestions = $("suggestions");
const drafts = new Map();
let acts, place = "", chat = null, bot = null, limit = 0;
let replying = null, editing = null, file = null, options = [], active = -1, busy = false;

export function initComposer(given) {
  acts = given;
  $("composer").addEventListener("submit", (event) => { event.preventDefault(); submit(); });
  draft.addEventListener("input", () => { fit(); suggest(); });
  draft.addEventListener("keydown", keydown);
  draft.addEventListener("paste", (event) => { if (event.clipboardData.files[0]) { event.preventDefault(); takeFile(event.clipboardData.files[0]); } });
  draft.addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== draft) hideSuggestions(); }, 150));
  $("menu").addEventListener("click", () => (suggestions.hidden ? showAllCommands() : hideSuggestions()));
  $("attach").addEventListener("click", () => $("file").click());
  $("file").addEventListener("change", () => { takeFile($("file").files[0]); $("file").value = ""; });
  $("edit-instead").addEventListener("click", () => setTarget(null, replying));
  $("drop-target").addEventListener("click", () => { setTarget(null, null); draft.focus(); });
  $("drop-file").addEventListener("click", () => { takeFile(null); draft.focus(); });
  const scroller = $("conversation");
  scroller.addEventListener("dragover", (event) => event.preventDefault());
  scroller.addEventListener("drop", (event) => { event.preventDefault(); takeFile(event.dataTransfer.files[0]); });
}

export function composeFor(newPlace, newChat, state) {
  [chat, bot, limit] = [newChat, state.bot, state.upload_bytes];
  if (place !== newPlace) {
    drafts.set(place, draft.value);
    place = newPlace;
    draft.value = drafts.get(place) || "";
    setTarget(null, null);
    takeFile(null);
    hideSuggestions();
    fit();
  }
  const silent = chat.private && (!chat.started || !chat.bot_in);
  $("composer").hidden = silent;
  $("begin").hidden = !silent;
  $("begin").textContent = chat.started ? "重新启用机器人" : "开始使用";
  $("menu").hidden = !chat.commands.length;
  draft.placeholder = chat.keyboard?.input_field_placeholder || (chat.private ? "写消息" : `写消息，@${bot.username} 可提问`);
  showReplyKeyboard();
}

export function setTarget(reply, edit) {
  if (editing && !edit) { draft.value = ""; fit(); }
  [replying, editing] = [reply, edit];
  const target = edit || reply;
  $("reply-bar").hidden = !target;
  $("edit-instead").hidden = !acts.isOwnText(reply);
  if (!target) return;
  $("reply-bar").querySelector(".quote").replaceChildren(el("b", {}, edit ? "修改消息" : `回复 ${fullName(reply.from)}`), el("span", {}, summary(target)));
  if (edit) { draft.value = edit.text; fit(); }
  draft.focus();
}

function takeFile(chosen) {
  if (chosen && chosen.size > limit) { toast(`文件超过 ${fileSize(limit)}，无法发送`); return; }
  file = chosen || null;
  $("file-bar").hidden = !file;
  if (file) {
    $("file-bar").querySelector(".quote").replaceChildren(el("b", {}, file.name), el("span", {}, `${fileSize(file.size)} · 可在下面写说明`));
    draft.focus();
  }
}

async function submit() {
  const text = draft.value.trim();
  if (busy || (!text && !file)) return;
  const sent = { text, file, reply: replying, edit: editing };
  busy = true;
  $("send").setAttribute("aria-busy", "true");
  try {
    if (sent.edit) await acts.saveEdit(sent.edit, text);
    else if (sent.file) await acts.sendFile(sent.file, text, sent.reply);
    else await acts.say(text, sent.reply);
    draft.value = "";
    editing = null;
    setTarget(null, null);
    takeFile(null);
    hideSuggestions();
    fit();
  } catch (error) {
    toast(error.message);
  } finally {
    busy = false;
    $("send").removeAttribute("aria-busy");
  }
}

function keydown(event) {
  if (event.isComposing || event.keyCode === 229) return; // the input method is still choosing characters
  if (!suggestions.hidden && suggestionKey(event)) return;
  if (event.key === "Escape") { setTarget(null, null); takeFile(null); }
  if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); submit(); }
}

function suggestionKey(event) {
  const moves = { ArrowDown: 1, ArrowUp: -1 };
  if (moves[event.key]) { mark((active + moves[event.key] + options.length) % options.length); }
  else if (event.key === "Tab") choose(options[Math.max(0, active)], true);
  else if (event.key === "Enter" && active >= 0) choose(options[active], false);
  else if (event.key === "Escape") hideSuggestions();
  else return false;
  event.preventDefault();
  return true;
}

function suggest() {
  const before = draft.value.slice(0, draft.selectionStart);
  const command = before.match(/^\/([a-z0-9_]*)$/i);
  const mention = before.match(/(?:^|[^A-Za-z0-9_@])@(\w*)$/);
  if (command) return offer(commandOptions(command[1].toLowerCase()));
  if (mention && !chat.private) return offer(mentionOptions(mention[1].toLowerCase()));
  return hideSuggestions();
}

const showAllCommands = () => { draft.focus(); offer(commandOptions("")); };

const commandOptions = (typed) => chat.commands.filter((one) => one.command.startsWith(typed))
  .map((one) => ({ label: `/${one.command}`, hint: one.description, insert: `/${one.command} `, send: `/${one.command}` }));

function mentionOptions(typed) {
  const named = [{ username: bot.username, name: bot.name }, ...chat.members.filter((one) => one.username)];
  return named.filter((one) => one.username.toLowerCase().startsWith(typed) || one.name.includes(typed))
    .map((one) => ({ label: `@${one.username}`, hint: one.name, insert: `@${one.username} ` }));
}

function offer(found) {
  options = found;
  if (!found.length) return hideSuggestions();
  suggestions.replaceChildren(...found.map((one, index) => {
    const item = el("li", { role: "option", id: `option-${index}`, "aria-selected": "false" }, el("b", {}, one.label), el("span", {}, one.hint));
    item.addEventListener("mousedown", (event) => { event.preventDefault(); choose(one, false); });
    return item;
  }));
  suggestions.hidden = false;
  mark(found[0].send ? -1 : 0);
  return undefined;
}

function mark(index) {
  active = index;
  [...suggestions.children].forEach((item, at) => item.setAttribute("aria-selected", String(at === index)));
  suggestions.children[index]?.scrollIntoView({ block: "nearest" });
  if (index >= 0) draft.setAttribute("aria-activedescendant", `option-${index}`);
  else draft.removeAttribute("aria-activedescendant");
}

function choose(option, insertOnly) {
  hideSuggestions();
  if (option.send && !insertOnly) { draft.value = option.send; submit(); return; }
  const at = draft.selectionStart;
  const before = draft.value.slice(0, at).replace(/[/@]\w*$/, "");
  const apart = /[\p{L}\p{N}]$/u.test(before) ? " " : ""; // glued to a character, Chinese ones too, it would be no mention
  draft.setRangeText(apart + option.insert, before.length, at, "end");
  draft.focus();
}

function hideSuggestions() {
  suggestions.hidden = true;
  active = -1;
  draft.removeAttribute("aria-activedescendant");
}

function fit() {
  draft.style.height = "auto";
  const whole = draft.scrollHeight + draft.offsetHeight - draft.clientHeight;
  draft.style.height = `${Math.min(whole, 160)}px`;
  draft.style.overflowY = whole > 160 ? "auto" : "hidden";
}

function showReplyKeyboard() {
  const rows = $("composer").hidden ? null : chat.keyboard?.keyboard;
  $("reply-keyboard").hidden = !rows;
  $("reply-keyboard").replaceChildren(...(rows || []).map((row) => el("div", { class: "row" }, ...row.map((button) =>
    el("button", { type: "button", onclick: () => acts.say(button.text).catch((error) => toast(error.message)) }, button.text)))));
}
