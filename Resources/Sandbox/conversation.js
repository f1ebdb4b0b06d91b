// The open chat: its head, its messages, and the place to write.

import { api } from "./api.js";
import { bubble } from "./bubble.js";
import { actionText } from "./chatlist.js";
import { Composer } from "./composer.js";
import { avatar, dayName, el, icon, iconButton } from "./dom.js";
import { messageMenu } from "./messagemenu.js";
import { alertBox, attempt, menu, promptBox, toast } from "./notice.js";
import { leave } from "./rooms.js";

export class Conversation {
  /**
   * `actions`: `close()` goes back to the list, `visit(username, payload)` follows a deep link to a bot, `join(link)`
   * an invite link, `chats()` are all that the person has.
   */
  constructor(root, actions) {
    this.root = root;
    this.actions = actions;
    this.clear();
  }

  /** Shows that nothing is open. */
  clear() {
    this.chat = null;
    this.composer?.close();
    this.composer = null;
    this.root.replaceChildren(el("div", { class: "nothing-open" }, el("p", {}, "Choose a chat to begin.")));
  }

  /** Opens a chat with its messages, a Map by id. */
  open(person, chat, messages) {
    this.composer?.close();
    this.person = person;
    this.chat = chat;
    this.messages = messages;
    this.head = el("header", { class: "conversation-head" });
    this.log = el("ol", { class: "log", role: "log", "aria-label": "Messages", tabindex: "0" });
    this.composer = new Composer({
      person,
      chat,
      send: (fields) => this.send(fields),
      start: () => this.startBot(),
      unblock: () => this.setBlocked(false),
      sendAlbum: (fields) => attempt(() => api.writeAlbum(this.chat.id, { as: this.person.id, ...fields })),
      bots: () => this.actions.chats().filter((one) => one.kind === "private"),
      visit: (username, payload) => this.actions.visit(username, payload),
    });
    this.root.replaceChildren(this.head, this.log, this.composer.root);
    this.composer.dropZone(this.root);
    this.paintHead();
    this.paintLog();
    this.paintComposer();
    this.log.scrollTop = this.log.scrollHeight;
    if (!matchMedia("(max-width: 760px)").matches) this.composer.focus();
  }

  /** Takes over what changed. */
  update(chat, messages, changed, gone) {
    this.chat = chat;
    this.messages = messages;
    this.paintHead();
    if (changed.length > 0 || gone.length > 0) {
      const isAtEnd = this.log.scrollHeight - this.log.scrollTop - this.log.clientHeight < 80;
      const isOwn = changed.some((view) => view.sender?.id === this.person.id);
      this.paintLog(new Set(changed.map((view) => view.message.message_id)));
      if (isAtEnd || isOwn) this.log.scrollTop = this.log.scrollHeight;
    }
    this.paintComposer();
  }

  paintHead() {
    const { chat } = this;
    const about =
      chat.action ? actionText(chat.action) :
      chat.kind === "private" ? `bot · ${this.botState()}` :
      `${chat.kind} · ${chat.member_count} ${chat.kind === "channel" ? "subscribers" : "members"}`;
    const hadFocus = this.head.contains(document.activeElement);
    const openMenu = () => menu(more, this.chatMenu());
    const more = iconButton("more", "More about this chat", openMenu, { "aria-haspopup": "menu" });
    this.head.replaceChildren(
      iconButton("back", "Back to chats", () => this.actions.close(), { class: "back" }),
      avatar(chat.title, chat.id),
      el(
        "div", { class: "conversation-title" },
        el("h2", {}, chat.title),
        el("p", { class: chat.action ? "is-active" : "" }, about),
      ),
      more,
    );
    if (hadFocus) more.focus();
  }

  botState() {
    if (this.chat.is_blocked) return "blocked by you";
    return this.chat.is_listening ? `@${this.chat.username}` : "its program is not running";
  }

  chatMenu() {
    if (this.chat.kind !== "private") {
      return [{ label: `Leave the ${this.chat.kind === "channel" ? "channel" : "group"}…`, danger: true,
        action: () => leave(this.person, this.chat) }];
    }
    return [
      { label: "Open with a deep link…", action: () => this.askPayload() },
      this.chat.is_blocked
        ? { label: "Unblock the bot", action: () => this.setBlocked(false) }
        : { label: "Block the bot", danger: true, action: () => this.setBlocked(true) },
    ];
  }

  /** Paints messages; elements of unchanged ones are kept, so that a player goes on. */
  paintLog(changed = null) {
    const views = [...this.messages.values()].sort((one, other) => one.message.message_id - other.message.message_id);
    const old = new Map([...this.log.children].map((element) => [element.dataset.id, element]));
    const elements = [];
    let day = null;
    for (const view of views) {
      const name = dayName(view.message.date);
      if (name !== day) elements.push(el("li", { class: "day" }, name));
      day = name;
      const id = view.message.message_id;
      const kept = changed && !changed.has(id) ? old.get(String(id)) : null;
      elements.push(kept ?? bubble(view, this.context()));
    }
    markAlbums(elements);
    if (views.length === 0) elements.push(this.emptyState());
    this.log.replaceChildren(...elements);
  }

  emptyState() {
    const { chat } = this;
    if (chat.kind === "private") {
      return el(
        "li", { class: "empty" }, avatar(chat.title, chat.id, "avatar-large"), el("h3", {}, chat.title),
        el("p", {}, chat.description || "Press Start below to say hello."),
        !chat.is_listening && el("p", { class: "hint" }, "Its program is not running now: it will answer once it is."),
      );
    }
    if (!chat.can_write) {
      const text = "When an admin posts a recording it appears here.";
      return el("li", { class: "empty" }, el("h3", {}, "Nothing here yet"), el("p", {}, text));
    }
    const hint = "Drop an audio file here, choose one with the paper clip, or record a voice note. "
      + "Line 1 of the caption becomes the title.";
    return el(
      "li", { class: "empty" }, el("span", { class: "empty-icon" }, icon("microphone")),
      el("h3", {}, "Post the first recording"),
      el("p", {}, hint),
    );
  }

  paintComposer() {
    const views = [...this.messages.values()].sort((one, other) => one.message.message_id - other.message.message_id);
    const asking = views.filter((view) => view.reply_keyboard).at(-1);
    const isAnswered = views.some((view) =>
      view.message.message_id > asking?.message.message_id && view.sender?.id === this.person.id);
    const isOver = isAnswered && (asking.reply_keyboard.force_reply || asking.reply_keyboard.one_time_keyboard);
    this.composer.update(this.chat, isOver ? null : asking ?? null);
  }

  context() {
    return {
      person: this.person,
      chat: this.chat,
      open: (address) => this.follow(address),
      say: (text) => this.send({ text }),
      press: (button, view, element) => this.press(button, view, element),
      menuItems: (view) => messageMenu(this, view),
      openMenu: (button, view) => menu(button, messageMenu(this, view)),
    };
  }

  async send(fields) {
    return attempt(() => api.write(this.chat.id, { as: this.person.id, ...fields }));
  }

  async startBot(payload) {
    return attempt(() => api.start(this.chat.id, this.person.id, payload));
  }

  async setBlocked(isBlocked) {
    return attempt(() => api.setBlocked(this.chat.id, this.person.id, isBlocked));
  }

  async askPayload() {
    const text = await promptBox("Deep link", "", {
      action: "Open", rows: 1, placeholder: `what follows t.me/${this.chat.username}?start=`,
    });
    if (text === null) return;
    const payload = text.trim().replace(/^.*[?&]start=/, "").split("&")[0];
    await this.startBot(payload);
  }

  async press(button, view, element) {
    if (button.copy_text) {
      await navigator.clipboard.writeText(button.copy_text.text);
      return toast("Copied.");
    }
    const inline = button.switch_inline_query_current_chat ?? button.switch_inline_query;
    if (inline !== undefined) {
      const name = view.message.via_bot?.username ?? view.message.from?.username ?? this.chat.username;
      return this.composer.write(`@${name} ${inline}`);
    }
    if (!button.callback_data) return toast("This kind of button does nothing in the sandbox.");
    element.classList.add("is-waiting");
    const { message } = view;
    const press = () => api.press(this.chat.id, message.message_id, this.person.id, button.callback_data);
    const result = await attempt(press);
    element.classList.remove("is-waiting");
    if (!result) return;
    const { answer } = result;
    if (answer === null) return toast("The bot did not answer the button within 10 seconds.", "error");
    if (answer.url) return this.follow(answer.url) || window.open(answer.url, "_blank", "noopener");
    if (answer.show_alert) return alertBox(answer.text);
    if (answer.text) toast(answer.text);
  }

  /** Follows a link of Telegram itself; returns false for others, which the browser opens. */
  follow(address) {
    if (/^(?:https?:\/\/)?(?:t|telegram)\.me\/(?:\+|joinchat\/)/i.test(address)) {
      this.actions.join(address);
      return true;
    }
    const link = /^(?:https?:\/\/)?(?:t|telegram)\.me\/([A-Za-z0-9_]+)(?:\?(.*))?$/i.exec(address);
    if (!link) {
      if (/^https?:\/\//i.test(address)) return false;
      toast(`Links of this kind do nothing in the sandbox: ${address}`);
      return true;
    }
    const payload = new URLSearchParams(link[2] ?? "").get("start") ?? "";
    this.actions.visit(link[1], payload).then((isKnown) => {
      if (!isKnown) toast(`There is no @${link[1]} in the sandbox.`, "error");
    });
    return true;
  }
}

/** Moves the parts of an album together: one name above the first, one picture beside the last. */
function markAlbums(elements) {
  elements.forEach((element, index) => {
    const album = element.dataset.album;
    element.classList.toggle("is-album-next", Boolean(album) && elements[index - 1]?.dataset.album === album);
    element.classList.toggle("is-album-part", Boolean(album) && elements[index + 1]?.dataset.album === album);
  });
}
