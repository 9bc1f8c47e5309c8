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

let toastTimer;
export function toast(text) {
  const node = $("toast");
  node.textContent = text;
  node.hidden = false;
  clearTimeout(toastTimer);
  toastTimer = setTimeout(() => { node.hidden = true; }, Math.min(8000, 2500 + text.length * 60));
}
