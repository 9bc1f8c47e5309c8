// Builds elements. Text only ever becomes text nodes: nothing that anybody typed can turn into markup.

export const $ = (id) => document.getElementById(id);

export function el(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  for (const [key, value] of Object.entries(props)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "class") node.className = value;
    else if (key === "data") Object.assign(node.dataset, value);
    else if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

export function avatar(id, name) {
  const initial = [...(name || "?").trim()][0] || "?";
  return el("span", { class: `avatar tone${Math.abs(Number(id)) % 7}`, "aria-hidden": "true" }, initial.toUpperCase());
}

// Chinese names are written together, surname first; others with a space.
export function fullName(user) {
  const first = user.first_name || "", last = user.last_name || "";
  if (!last) return first;
  return /^[\x00-\x7f]*$/.test(first + last) ? `${first} ${last}` : last + first;
}

export function fileSize(bytes) {
  if (bytes < 1024) return `${bytes} 字节`;
  if (bytes < 1024 * 1024) return `${Math.round(bytes / 1024)} KB`;
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

const pad = (number) => String(number).padStart(2, "0");

export function clockTime(seconds) {
  const at = new Date(seconds * 1000);
  return `${pad(at.getHours())}:${pad(at.getMinutes())}`;
}

let aheadMs = 0; // of the browser's clock, where the room's can be set ahead

export function setClock(seconds) {
  aheadMs = seconds ? seconds * 1000 - Date.now() : 0;
}

export const roomNow = () => new Date(Date.now() + aheadMs);

export function dayName(seconds) {
  const at = new Date(seconds * 1000), today = roomNow();
  const days = Math.round((new Date(today.toDateString()) - new Date(at.toDateString())) / 86400000);
  if (days === 0) return "今天";
  if (days === 1) return "昨天";
  const date = `${at.getMonth() + 1}月${at.getDate()}日`;
  return at.getFullYear() === today.getFullYear() ? date : `${at.getFullYear()}年${date}`;
}

export function shortTime(seconds) {
  const name = dayName(seconds);
  return name === "今天" ? clockTime(seconds) : name;
}

let toastTimer;
export function toast(text) {
  const node = $("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, Math.min(8000, 2500 + text.length * 60));
}
