// Times as the room's people read them: in the room's zone, wherever the browser stands, and by the room's clock.

const PARTS = { year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric", second: "numeric", hourCycle: "h23" };
let zone = new Intl.DateTimeFormat("en", PARTS); // the browser's own until the room names one
let aheadMs = 0; // of the browser's clock, where the room's can be set ahead

export function setZone(name) {
  if (name && name !== zone.resolvedOptions().timeZone) zone = new Intl.DateTimeFormat("en", { ...PARTS, timeZone: name });
}

export function setClock(seconds) {
  aheadMs = seconds ? seconds * 1000 - Date.now() : 0;
}

export const roomNow = () => (Date.now() + aheadMs) / 1000;

// A date whose UTC fields are what the wall clock shows; `instant` goes back.
export function wall(seconds) {
  const at = Object.fromEntries(zone.formatToParts(seconds * 1000).map(({ type, value }) => [type, Number(value)]));
  return new Date(Date.UTC(at.year, at.month - 1, at.day, at.hour, at.minute, at.second));
}

export function instant(shown) {
  const guess = shown / 1000;
  return Math.floor(guess - (wall(guess) - shown) / 1000);
}

const pad = (number) => String(number).padStart(2, "0");
const DAY_MS = 86_400_000;
const dayNumber = (at) => Math.floor(at / DAY_MS);

export function clockTime(seconds) {
  const at = wall(seconds);
  return `${pad(at.getUTCHours())}:${pad(at.getUTCMinutes())}`;
}

export function dayName(seconds) {
  const at = wall(seconds), today = wall(roomNow());
  const days = dayNumber(today) - dayNumber(at);
  if (days === 0) return "今天";
  if (days === 1) return "昨天";
  const date = `${at.getUTCMonth() + 1}月${at.getUTCDate()}日`;
  return at.getUTCFullYear() === today.getUTCFullYear() ? date : `${at.getUTCFullYear()}年${date}`;
}

export function shortTime(seconds) {
  const name = dayName(seconds);
  return name === "今天" ? clockTime(seconds) : name;
}

export function dayAndTime(seconds) {
  const at = wall(seconds);
  return `${at.getUTCFullYear()}年${at.getUTCMonth() + 1}月${at.getUTCDate()}日 周${"日一二三四五六"[at.getUTCDay()]} ${clockTime(seconds)}`;
}
