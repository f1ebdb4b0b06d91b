// One message as a bubble.

import { avatar, clockTime, el, icon, tone } from "./dom.js";
import { media } from "./media.js";
import { richText } from "./richtext.js";
import { isService, summary } from "./service.js";

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
    context.chat.kind !== "private" && el("div", { class: `author ${tone(view.chat)}` }, author, message.sender_tag && el("span", { class: "sender-tag" }, message.sender_tag)),
    message.forward_origin && el("div", { class: "forwarded" }, `Forwarded from ${originName(message.forward_origin)}`),
    message.via_bot && el("div", { class: "forwarded" }, `via @${message.via_bot.username}`),
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
    { class: `message ${isOwn ? "is-own" : ""}`, "data-id": id, "data-album": message.media_group_id ?? null },
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
