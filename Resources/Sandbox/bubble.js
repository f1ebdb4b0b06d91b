// One message as a bubble.

import { avatar, clockTime, el, fileSize, icon, tone } from "./dom.js";
import { player } from "./player.js";
import { richText } from "./richtext.js";

/** A line that says what a message is, for the list of chats and for replies. */
export function summary(message) {
  if (message.text) return message.text;
  if (message.pinned_message) return "Pinned a message";
  if (message.new_chat_members) return `${message.new_chat_members[0].first_name} joined`;
  if (message.left_chat_member) return `${message.left_chat_member.first_name} left`;
  const names = [message.audio?.performer, message.audio?.title ?? message.audio?.file_name].filter(Boolean);
  const media =
    message.voice ? "Voice message" :
    message.audio ? names.join(" – ") || "Audio" :
    message.document ? message.document.file_name ?? "File" :
    message.photo ? "Photo" : "Message";
  return message.caption ? `${media}: ${message.caption}` : media;
}

/** Whether nobody wrote it. */
export function isService(message) {
  return Boolean(message.pinned_message || message.new_chat_members || message.left_chat_member);
}

/**
 * The bubble of a shown message. `context` tells who looks and what can be done:
 * `{person, chat, open(address), say(text), press(button, view, element), menuItems(view), openMenu(button, view)}`.
 */
export function bubble(view, context) {
  const message = view.message;
  const id = String(message.message_id);
  if (isService(message)) return el("li", { class: "service", "data-id": id }, summary(message));
  const isOwn = context.chat.kind !== "channel" && view.sender?.id === context.person.id;
  const author = context.chat.kind === "channel" ? context.chat.title : view.sender?.first_name;
  const hasMenu = context.menuItems(view).length > 0;
  const text = message.text ?? message.caption;
  const entities = message.entities ?? message.caption_entities;
  const reactions = view.reactions?.map((reaction) => el("span", {}, reaction.emoji ?? "★"));
  const body = el(
    "div",
    { class: "bubble" },
    context.chat.kind !== "private" && el("div", { class: `author ${tone(view.chat)}` }, author),
    message.forward_origin && el("div", { class: "forwarded" }, `Forwarded from ${originName(message.forward_origin)}`),
    message.reply_to_message && quote(message.reply_to_message),
    media(view),
    text && el("div", { class: "text", dir: "auto" }, richText(text, entities, context)),
    reactions && el("div", { class: "reactions" }, reactions),
    el(
      "div",
      { class: "meta" },
      view.is_pinned && icon("pin"),
      message.author_signature && `${message.author_signature}, `,
      message.edit_date ? "edited " : "",
      el("time", { datetime: new Date(message.date * 1000).toISOString() }, clockTime(message.date)),
    ),
    hasMenu && el("button", {
      type: "button", class: "bubble-menu", "aria-label": "What to do with this message", "aria-haspopup": "menu",
      onclick: (event) => context.openMenu(event.currentTarget, view),
    }, icon("more")),
  );
  return el(
    "li",
    { class: `message ${isOwn ? "is-own" : ""}`, "data-id": id },
    context.chat.kind !== "private" && avatar(author ?? "", view.chat, "avatar-small"),
    el("div", { class: "message-body" }, body, keyboard(view, context)),
  );
}

function originName(origin) {
  return origin.chat?.title ?? origin.sender_user?.first_name ?? "somebody";
}

function quote(message) {
  const author = message.from?.first_name ?? message.sender_chat?.title ?? "";
  return el("div", { class: "quote" }, el("strong", {}, author), el("span", {}, summary(message)));
}

function media(view) {
  const { voice, audio, document: file, photo } = view.message;
  const url = view.file_url;
  if (voice) return player({ url, duration: voice.duration, size: voice.file_size });
  if (audio) {
    return player({
      url, duration: audio.duration, size: audio.file_size,
      title: audio.title || audio.file_name || "Audio",
      subtitle: audio.performer || (audio.title ? "Unknown artist" : null),
    });
  }
  if (photo) return el("img", { class: "photo", src: url, alt: "Photo", loading: "lazy" });
  if (file) {
    return el(
      "a", { class: "file", href: url, download: file.file_name ?? "file" },
      el("span", { class: "file-icon" }, icon("file")),
      el(
        "span", {},
        el("strong", { dir: "auto" }, file.file_name ?? "File"),
        el("small", {}, fileSize(file.file_size ?? 0)),
      ),
    );
  }
  return null;
}

function keyboard(view, context) {
  const rows = view.message.reply_markup?.inline_keyboard;
  if (!rows) return null;
  return el(
    "div",
    { class: "keyboard" },
    rows.map((row) =>
      el("div", { class: "keyboard-row" }, row.map((button) => {
        const address = button.url ?? button.web_app?.url;
        const isWeb = address && /^https?:\/\//i.test(address);
        if (isWeb) {
          return el("a", {
            class: "key", href: address, target: "_blank", rel: "noopener noreferrer",
            onclick: (event) => { if (context.open(address)) event.preventDefault(); },
          }, button.text, el("span", { class: "key-mark", "aria-hidden": "true" }, "↗"));
        }
        return el("button", {
          type: "button", class: "key", onclick: (event) => context.press(button, view, event.currentTarget),
        }, button.text);
      }))),
  );
}
