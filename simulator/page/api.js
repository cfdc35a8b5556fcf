// The control API, one function for each request. Each may throw Refusal with the simulator's own sentence.

/** The simulator did not do what it was asked; the message is its sentence. */
export class Refusal extends Error {
  constructor(sentence, status) {
    super(sentence);
    this.status = status;
  }
}

/** The simulator cannot be reached. */
export class Away extends Error {}

let token = "";

/** Use this key from now on. */
export function useToken(given) {
  token = given;
}

async function request(method, path, { body, query, signal } = {}) {
  const headers = { "X-Simulator-Token": token };
  if (body !== undefined && !(body instanceof FormData)) {
    headers["Content-Type"] = "application/json";
    body = JSON.stringify(body);
  }
  const named = Object.entries(query ?? {}).filter(([, value]) => value !== undefined && value !== null);
  const search = named.length ? `?${new URLSearchParams(named)}` : "";
  let answer;
  try {
    answer = await fetch(`control${path}${search}`, { method, headers, body, signal, cache: "no-store" });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Away(error.message);
  }
  if (answer.ok) return answer;
  throw new Refusal(await sentence(answer), answer.status);
}

async function sentence(answer) {
  const text = await answer.text();
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text || `${answer.status} ${answer.statusText}`;
  }
}

const ask = async (method, path, given) => (await request(method, path, given)).json();
const order = (path, body) => ask("POST", path, { body });

export const state = () => ask("GET", "/state");
export const transcript = (chat, bot) => ask("GET", `/chats/${chat}`, { query: { bot } });
export const events = (after, timeout, signal) => ask("GET", "/events", { query: { after, timeout }, signal });
export const calls = (method) => ask("GET", "/calls", { query: { method } });
export const violations = () => ask("GET", "/violations");

export const say = (said) => order("/say", said);
export const press = (pressed) => order("/press", pressed);
export const edit = (edited) => order("/edit", edited);
export const react = (reacted) => order("/react", reacted);
export const vote = (voted) => order("/vote", voted);
export const remove = (chat, messageId, bot) => order("/delete", { chat, message_id: messageId, bot });
export const addUser = (person) => order("/users", person);
export const addGroup = (group) => order("/chats", group);

export const faults = () => ask("GET", "/faults");
export const addFault = (rule) => order("/faults", { rules: [rule] });
export const liftFault = (id) => ask("DELETE", `/faults/${id}`);
export const setLimits = (telegram) => order("/limits", { telegram });
export const setDelivery = (copies) => order("/delivery", { copies: [copies, copies] });
export const clock = () => ask("GET", "/clock");
export const advance = (seconds) => order("/clock", { advance: seconds });

/** Send a file to the bot; the fields are those of an upload. */
export function upload(fields) {
  const body = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== null) body.append(name, value);
  }
  return ask("POST", "/upload", { body });
}

/** Where the content of a file is asked for. */
export const fileUrl = (id) => `/control/files/${id}`;

const fetched = new Map();

/** An address of this page for the file's content; the same file is fetched once. */
export function fileAddress(file) {
  if (!fetched.has(file.file_id)) {
    const content = request("GET", file.url.replace(/^\/control/, "")).then((answer) => answer.blob());
    const address = content.then((blob) => URL.createObjectURL(new Blob([blob], { type: safeKind(file.mime_type) })));
    address.catch(() => fetched.delete(file.file_id));
    fetched.set(file.file_id, address);
  }
  return fetched.get(file.file_id);
}

// A file that a bot sent is shown or saved, never run: an address of this page with HTML or SVG in it would be.
function safeKind(kind) {
  return /^image\/(png|jpeg|gif|webp)$/.test(kind ?? "") ? kind : "application/octet-stream";
}
