// Calls to the room's own server. The header keeps other sites from making them (see guard.py).

export class Refused extends Error {}

async function read(response) {
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new Refused(body.error || "没有成功，请再试一次");
  return body;
}

async function reach(path, options) {
  try {
    return await fetch(path, options);
  } catch {
    throw new Refused("暂时连不上聊天室，请稍后再试");
  }
}

export async function get(path, query) {
  return read(await reach(`/page/${path}?${new URLSearchParams(query)}`));
}

export async function post(path, body) {
  const headers = { "Content-Type": "application/json", "X-Webchat": "1" };
  return read(await reach(`/page/${path}`, { method: "POST", headers, body: JSON.stringify(body) }));
}

export async function upload(fields, file) {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.append(key, value ?? "");
  form.append("file", file, file.name);
  return read(await reach("/page/upload", { method: "POST", headers: { "X-Webchat": "1" }, body: form }));
}

// One stream of events; comes back by itself after a restart of the server and says so through `opened`.
export function events(person, { opened, lost, event }) {
  let source, timer, closed = false;
  const open = () => {
    source = new EventSource(`/page/events?person=${person}`);
    source.onopen = opened;
    source.onmessage = (message) => event(JSON.parse(message.data));
    source.onerror = () => {
      lost();
      if (source.readyState !== EventSource.CLOSED || closed) return;
      timer = setTimeout(open, 1500);
    };
  };
  open();
  return () => { closed = true; clearTimeout(timer); source.close(); };
}
