// The list of chats.

import { avatar, clockTime, el } from "./dom.js";
import { summary } from "./service.js";

const kinds = { channel: "channel", group: "group", supergroup: "group", private: "bot" };

/** A button for every chat; `open` is called with its id. */
export function chatList(chats, openChat, open) {
  return chats.map((chat) => {
    const last = chat.last_message;
    const preview = chat.action ? actionText(chat.action) : last ? summary(last.message) : empty(chat);
    const isOpen = chat.id === openChat;
    return el(
      "button",
      { type: "button", class: "chat", "aria-current": isOpen ? "true" : null, onclick: () => open(chat.id) },
      avatar(chat.title, chat.id),
      el(
        "span",
        { class: "chat-body" },
        el(
          "span",
          { class: "chat-line" },
          el("span", { class: "chat-title" }, chat.title),
          last && el("time", { class: "chat-time" }, clockTime(last.message.date)),
        ),
        el(
          "span",
          { class: "chat-line" },
          el("span", { class: "chat-preview", dir: "auto" }, preview),
          chat.unread > 0 && el("span", { class: "badge", "aria-label": `${chat.unread} unread` }, String(chat.unread)),
        ),
      ),
    );
  });
}

/** `typing…` and the like. */
export function actionText(action) {
  const words = {
    typing: "typing…",
    record_voice: "recording…",
    upload_voice: "sending a voice message…",
    upload_audio: "sending audio…",
    upload_document: "sending a file…",
    upload_photo: "sending a photo…",
    record_video: "recording a video…",
    upload_video: "sending a video…",
    record_video_note: "recording a video message…",
    upload_video_note: "sending a video message…",
    choose_sticker: "choosing a sticker…",
    find_location: "looking for a place…",
  };
  return words[action.name] ?? "busy…";
}

function empty(chat) {
  return chat.kind === "private" ? "Nothing said yet" : `No messages in this ${kinds[chat.kind]} yet`;
}
