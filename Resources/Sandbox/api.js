// Talks to the sandbox over its HTTP interface.

/** What the sandbox refused, in words for people. */
export class Refused extends Error {}

async function request(method, path, body, signal) {
  const options = { method, signal };
  if (body instanceof FormData) {
    options.body = body;
  } else if (body) {
    options.body = JSON.stringify(body);
    options.headers = { "Content-Type": "application/json" };
  }
  let response;
  try {
    response = await fetch(`/sandbox${path}`, options);
  } catch (error) {
    if (error.name === "AbortError") throw error;
    throw new Refused("The sandbox does not answer. Is it still running?");
  }
  const answer = await response.json().catch(() => null);
  if (!response.ok || answer === null) {
    throw new Refused(answer?.error?.message ?? `The sandbox answered with ${response.status}.`);
  }
  return answer;
}

export const api = {
  state: () => request("GET", "/state"),
  changes: (person, since, wait, signal) =>
    request("GET", `/changes?as=${person}&since=${since}&wait=${wait}`, null, signal),
  write: (chat, fields) => request("POST", `/chats/${chat}/messages`, form(fields)),
  rewrite: (chat, message, fields) => request("PATCH", `/chats/${chat}/messages/${message}`, form(fields)),
  erase: (chat, message, person) => request("DELETE", `/chats/${chat}/messages/${message}?as=${person}`),
  press: (chat, message, person, data) =>
    request("POST", `/chats/${chat}/messages/${message}/press`, { as: person, data }),
  start: (bot, person, payload) => request("POST", `/chats/${bot}/start`, { as: person, payload }),
  setBlocked: (bot, person, isBlocked) =>
    request("POST", `/chats/${bot}/${isBlocked ? "block" : "unblock"}`, { as: person }),
  writeAlbum: (chat, fields) => request("POST", `/chats/${chat}/albums`, form(fields)),
  react: (chat, message, fields) => request("POST", `/chats/${chat}/messages/${message}/reaction`, fields),
  setPinned: (chat, message, person, isPinned) =>
    request("POST", `/chats/${chat}/messages/${message}/${isPinned ? "pin" : "unpin"}`, { as: person }),
  ask: (bot, fields) => request("POST", `/bots/${bot}/inline`, fields),
  choose: (query, fields) => request("POST", `/inline/${query}/choose`, fields),
  join: (fields) => request("POST", "/join", fields),
  askToJoin: (chat, fields) => request("POST", `/chats/${chat}/join-requests`, fields),
  setMember: (chat, fields) => request("POST", `/chats/${chat}/members`, fields),
  changePerson: (fields) => request("POST", "/people", fields),
  reset: () => request("POST", "/reset"),
};

/** A form with the fields that have a value; an empty caption counts as one, because it takes a caption away. */
function form(fields) {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value === null || value === undefined) continue;
    if (value instanceof Blob) data.append(name, value, value.name ?? fields.file_name ?? "file");
    else data.append(name, String(value));
  }
  return data;
}
