// What a person does with a message: answering, sending on, reacting, changing, deleting.

import { api } from "./api.js";
import { attempt, confirmBox, menu, promptBox, toast } from "./notice.js";
import { chooseChat } from "./rooms.js";
import { isService } from "./service.js";

const reactions = ["👍", "❤", "🔥", "👏", "😁"];

/** What the person can do with a shown message of an open conversation. */
export function messageMenu(here, view) {
  if (isService(view.message)) return [];
  const { message } = view;
  const id = message.message_id;
  const items = [];
  if (here.chat.can_write) items.push({ label: "Reply", action: () => here.composer.answer(view) });
  items.push({ label: "Forward…", action: () => forward(here, id) });
  items.push({ label: "React…", action: (button) => react(here, view, button) });
  const runsChannel = here.chat.kind === "channel" && here.chat.can_write;
  const runsChat = ["creator", "administrator"].includes(here.chat.status) || here.chat.kind === "private";
  if (runsChat) items.push({ label: view.is_pinned ? "Unpin" : "Pin", action: () => pin(here, view) });
  if (view.sender?.id !== here.person.id && !runsChannel) return items;
  const isText = message.text !== undefined;
  const isCard = message.location || message.contact || message.dice;
  const bearsCaption = !message.video_note && !message.sticker && !isCard;
  if (isText || bearsCaption) items.push({ label: `Edit ${isText ? "text" : "caption"}…`, action: () => edit(here, view) });
  if (!isText && !isCard) items.push({ label: "Replace file…", action: () => replaceFile(here, view) });
  if (!isText) items.push({ label: "Post again", action: () => here.send({ again: id }) });
  items.push({ label: "Delete", danger: true, action: () => erase(here, id) });
  return items;
}

async function forward(here, id) {
  const chats = here.actions.chats().filter((one) => one.can_write && (one.kind !== "private" || one.is_started));
  const chat = await chooseChat("Forward to", chats);
  if (!chat) return;
  const fields = { as: here.person.id, forward_chat: here.chat.id, forward_message: id };
  if (await attempt(() => api.write(chat.id, fields))) toast(`Forwarded to ${chat.title}.`);
}

function react(here, view, button) {
  const set = (emoji) => attempt(() => api.react(here.chat.id, view.message.message_id, { as: here.person.id, emoji }));
  const items = reactions.map((emoji) => ({ label: emoji, action: () => set(emoji) }));
  menu(button, [...items, { label: "No reaction", action: () => set("") }]);
}

function pin(here, view) {
  return attempt(() => api.setPinned(here.chat.id, view.message.message_id, here.person.id, !view.is_pinned));
}

async function edit(here, view) {
  const { message } = view;
  const part = message.text === undefined ? "caption" : "text";
  const text = await promptBox(`Edit ${part}`, message[part] ?? "");
  if (text === null) return;
  await attempt(() => api.rewrite(here.chat.id, message.message_id, { as: here.person.id, [part]: text }));
}

function replaceFile(here, view) {
  const kinds = ["voice", "audio", "video", "video_note", "animation", "photo", "sticker", "document"];
  const kind = kinds.find((name) => view.message[name]);
  const input = el("input", { type: "file" });
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    attempt(() => api.rewrite(here.chat.id, view.message.message_id, {
      as: here.person.id, file, kind, file_name: file.name, mime_type: file.type || null,
    }));
  });
  input.click();
}

async function erase(here, id) {
  if (!(await confirmBox("Delete this message? Telegram does not tell bots of it.", "Delete"))) return;
  await attempt(() => api.erase(here.chat.id, id, here.person.id));
}
