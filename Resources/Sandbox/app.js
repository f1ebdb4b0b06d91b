// The page of the sandbox: who one is, their chats, and the conversation that is open.

import { api } from "./api.js";
import { chatList } from "./chatlist.js";
import { Conversation } from "./conversation.js";
import { avatar, el, icon } from "./dom.js";
import { attempt, confirmBox, menu, toast } from "./notice.js";
import { askLink, changeLanguage, findRooms, follow } from "./rooms.js";

/** What the people of the sandbox club are for; others are shown without. */
const roles = { 700000001: "poster", 700000002: "member", 700000003: "stranger" };

const panes = document.getElementById("panes");
const remembered = {
  get: (name) => localStorage.getItem(`sandbox.${name}`),
  set: (name, value) => localStorage.setItem(`sandbox.${name}`, value),
};

const club = {
  people: [],
  person: null,
  chats: [],
  /** Shown messages by chat, each a Map by message id. */
  messages: new Map(),
  openChat: null,
  sequence: 0,
  generation: 0,
  watch: null,
  actionTimer: null,
};

const conversation = new Conversation(document.getElementById("conversation"), {
  close: () => { panes.dataset.open = "list"; club.openChat = null; paintChats(); },
  visit: (bot, payload) => visit(bot, payload),
  join: (link) => follow(club.person, link),
  chats: () => club.chats,
});

function becomes(person) {
  club.person = person;
  club.chats = [];
  club.messages = new Map();
  club.openChat = null;
  club.sequence = 0;
  remembered.set("person", String(person.id));
  paintPeople();
  // Somebody else's chats are not this person's to open.
  paintChats();
  conversation.clear();
  watch();
}

/** Follows the changes of this person's chats until somebody else is chosen. */
async function watch() {
  club.watch?.abort();
  const control = new AbortController();
  club.watch = control;
  let isFirst = true;
  while (!control.signal.aborted) {
    try {
      const news = await api.changes(club.person.id, club.sequence, isFirst ? 0 : 25, control.signal);
      if (control.signal.aborted) return;
      document.getElementById("offline").hidden = true;
      const isOther = news.generation !== club.generation || news.sequence < club.sequence;
      // The sandbox began anew: what was shown is no more.
      if (isOther && !isFirst) { becomes(club.person); return; }
      club.generation = news.generation;
      take(news);
      if (isFirst) await openFirst();
      isFirst = false;
    } catch (error) {
      if (control.signal.aborted) return;
      document.getElementById("offline").hidden = false;
      await new Promise((resolve) => setTimeout(resolve, 1500));
    }
  }
}

function take(news) {
  club.sequence = news.sequence;
  club.chats = news.chats;
  for (const view of news.messages) {
    if (!club.messages.has(view.chat)) club.messages.set(view.chat, new Map());
    club.messages.get(view.chat).set(view.message.message_id, view);
  }
  for (const { chat, message_id: id } of news.deleted) club.messages.get(chat)?.delete(id);
  const chat = club.chats.find((one) => one.id === club.openChat);
  // Who has left a chat sees it no more.
  if (!chat && club.openChat !== null) { club.openChat = null; panes.dataset.open = "list"; conversation.clear(); }
  if (chat) {
    const changed = news.messages.filter((view) => view.chat === chat.id);
    const gone = news.deleted.filter((one) => one.chat === chat.id).map((one) => one.message_id);
    conversation.update(chat, club.messages.get(chat.id) ?? new Map(), changed, gone);
    markRead(chat);
  }
  paintChats();
  forgetActionsLater();
}

/** A chat action is shown for its few seconds; its end is no change that the sandbox would tell. */
function forgetActionsLater() {
  clearTimeout(club.actionTimer);
  const active = club.chats.filter((chat) => chat.action);
  if (active.length === 0) return;
  club.actionTimer = setTimeout(() => {
    for (const chat of active) chat.action = null;
    const chat = club.chats.find((one) => one.id === club.openChat);
    if (chat) conversation.update(chat, club.messages.get(chat.id) ?? new Map(), [], []);
    paintChats();
  }, 1000 * Math.max(...active.map((chat) => chat.action.seconds)));
}

/**
 * What is open from the start: the bot of a deep link (`/?bot=NAME&start=PAYLOAD`, followed once); else, on a wide
 * screen, the channel for who posts and the bot for the others.
 */
async function openFirst() {
  const link = new URLSearchParams(location.search);
  if (link.has("start")) {
    history.replaceState(null, "", location.pathname);
    const bot = link.get("bot") ?? club.chats.find((chat) => chat.kind === "private")?.username ?? "";
    if (await visit(bot, link.get("start"))) return;
    toast(`There is no @${bot} in the sandbox.`, "error");
  }
  if (matchMedia("(max-width: 760px)").matches) return;
  const first = club.chats.find((chat) => chat.kind === "channel" && chat.can_write)
    ?? club.chats.find((chat) => chat.kind === "private");
  if (first) open(first.id);
}

function open(id) {
  const chat = club.chats.find((one) => one.id === id);
  if (!chat) return;
  club.openChat = id;
  panes.dataset.open = "conversation";
  conversation.open(club.person, chat, club.messages.get(id) ?? new Map());
  markRead(chat);
  paintChats();
}

/** Goes to a bot's chat and presses Start there, as a deep link does. */
async function visit(username, payload) {
  const name = username.toLowerCase();
  const chat = club.chats.find((one) => one.kind === "private" && one.username?.toLowerCase() === name);
  if (!chat) return false;
  open(chat.id);
  await attempt(() => api.start(chat.id, club.person.id, payload));
  return true;
}

function readKey(chat) {
  return `read.${club.person.id}.${chat.id}`;
}

function markRead(chat) {
  if (document.hidden) return;
  remembered.set(readKey(chat), String(Math.max(0, ...(club.messages.get(chat.id)?.keys() ?? []))));
}

/** How many messages of others came since the chat was looked at last. */
function unread(chat) {
  const shown = club.messages.get(chat.id) ?? new Map();
  const newest = Math.max(0, ...shown.keys());
  const read = Number(remembered.get(readKey(chat)) ?? 0);
  // Another sandbox on the same port counts from the start.
  const last = read > newest ? 0 : read;
  const isNew = (view) => view.message.message_id > last && view.sender?.id !== club.person.id;
  return [...shown.values()].filter(isNew).length;
}

function paintChats() {
  const chats = club.chats.map((chat) => ({ ...chat, unread: chat.id === club.openChat ? 0 : unread(chat) }));
  document.getElementById("chats").replaceChildren(...chatList(chats, club.openChat, open));
  const total = chats.reduce((sum, chat) => sum + chat.unread, 0);
  document.title = total > 0 ? `(${total}) Sandbox club` : "Sandbox club";
}

function paintPeople() {
  document.getElementById("people").replaceChildren(
    ...club.people.map((person) =>
      el(
        "button",
        {
          type: "button", class: "person", "aria-pressed": String(person.id === club.person.id),
          onclick: () => { if (person.id !== club.person.id) { panes.dataset.open = "list"; becomes(person); } },
        },
        avatar(person.first_name, person.id),
        el("span", { class: "person-name" }, person.first_name),
        el("span", { class: "person-role" }, [roles[person.id] ?? "person", person.language_code].filter(Boolean).join(" · ")),
      )),
  );
}

document.getElementById("more").append(icon("more"));
document.getElementById("more").addEventListener("click", (event) => {
  menu(event.currentTarget, [
    {
      label: "Find groups and channels…",
      action: () => findRooms(club.person, club.chats.filter((chat) => chat.kind !== "private").map((chat) => chat.id)),
    },
    { label: "Join by an invite link…", action: () => askLink(club.person) },
    {
      label: `${club.person?.first_name ?? ""}’s language…`,
      action: async () => {
        const changed = await changeLanguage(club.person);
        if (!changed) return;
        club.people = club.people.map((one) => (one.id === changed.id ? changed : one));
        becomes(changed);
      },
    },
    {
      label: "Start over…", danger: true,
      action: async () => {
        const question = "Remove all messages, files and waiting updates of the sandbox? "
          + "The bots' own data stays as it is.";
        if (!(await confirmBox(question, "Start over"))) return;
        await attempt(async () => { await api.reset(); toast("The sandbox is as new."); becomes(club.person); });
      },
    },
  ]);
});
document.addEventListener("visibilitychange", () => {
  const chat = club.chats.find((one) => one.id === club.openChat);
  if (chat && !document.hidden) { markRead(chat); paintChats(); }
});

async function begin() {
  const state = await attempt(() => api.state());
  if (!state) {
    document.getElementById("offline").hidden = false;
    setTimeout(begin, 1500);
    return;
  }
  club.people = state.people;
  becomes(club.people.find((person) => String(person.id) === remembered.get("person")) ?? club.people[0]);
}

begin();
