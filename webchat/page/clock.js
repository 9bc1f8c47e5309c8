// The room's clock, where it can be set ahead: shown under the people, moved to the next message or to some day.
import { post } from "./api.js";
import { $, toast } from "./dom.js";
import { dayAndTime, instant, roomNow, setClock, wall } from "./times.js";

const MINUTE_MS = 60_000;
let ticking;

export function showClock(seconds) {
  $("clock").hidden = !seconds;
  if (!seconds) return;
  setClock(seconds);
  tick();
  ticking ??= setInterval(tick, MINUTE_MS / 4);
}

function tick() {
  if (!$("clock").hasAttribute("aria-busy")) $("clock-now").textContent = dayAndTime(roomNow());
}

export function initClock(guarded, moved) {
  const travel = async (to) => { await setAhead(to); moved(); };
  $("clock-next").addEventListener("click", guarded(() => travel(0)));
  $("clock-set").addEventListener("click", () => {
    $("clock-to").value = $("clock-to").min = wall(roomNow()).toISOString().slice(0, 16);
    $("clock-dialog").showModal();
  });
  $("clock-cancel").addEventListener("click", () => $("clock-dialog").close());
  $("clock-dialog").querySelector("form").addEventListener("submit", guarded(() => travel(instant(new Date(`${$("clock-to").value}Z`)))));
}

async function setAhead(to) {
  const busy = (on) => {
    $("clock").toggleAttribute("aria-busy", on);
    for (const id of ["clock-next", "clock-set"]) $(id).disabled = on;
  };
  busy(true);
  $("clock-now").textContent = "正在拨快…";
  try {
    const { now, sent } = await post("travel", { to });
    setClock(now);
    toast(sent ? `${dayAndTime(roomNow())}，发出 ${sent} 条消息` : "这段时间没有要发的消息");
  } finally {
    busy(false);
    tick();
  }
}
