// Pressed buttons wait for the bot's answer, at most as long as it may answer.
import { post } from "./api.js";
import { $, toast } from "./dom.js";

const waiting = new Map(); // query id → what ends the wait
const early = new Set(); // answers that came before the press had returned
let underWay = 0;

export async function press(place, data, button) {
  if (button.getAttribute("aria-busy")) return;
  button.setAttribute("aria-busy", "true");
  const settle = () => button.removeAttribute("aria-busy");
  underWay += 1;
  try {
    const { query_id: id, ttl_s: ttl } = await post("press", { ...place, data });
    if (early.delete(id)) { settle(); return; }
    waiting.set(id, settle);
    setTimeout(() => { if (waiting.delete(id)) settle(); }, ttl * 1000);
  } catch (error) {
    settle();
    toast(error.message);
  } finally {
    underWay -= 1;
  }
}

export function answered(event) {
  const settle = waiting.get(event.query_id);
  waiting.delete(event.query_id);
  if (settle) settle();
  else if (underWay) early.add(event.query_id);
  if (event.text && event.alert) {
    $("alert-text").textContent = event.text;
    $("alert").showModal();
  } else if (event.text) toast(event.text);
}
