// What is written in the room: messages as they come, own ones at once, deleted ones gone.

import { element, icon, hiddenText, setText } from "./dom.js";

/** Who is this near to the end reads along. */
const NEAR = 80;

export class Chat {
  constructor(root, { words, zone, language, actions, again, drop }) {
    Object.assign(this, { words, actions, again, drop });
    this.frame = root.querySelector("[data-chat]");
    this.list = root.querySelector("[data-messages]");
    this.empty = root.querySelector("[data-chat-empty]");
    this.newer = root.querySelector("[data-newer]");
    const clock = { hour: "2-digit", minute: "2-digit", hourCycle: "h23", timeZone: zone };
    this.time = new Intl.DateTimeFormat(language, clock);
    this.rows = new Map();
    this.isAtEnd = true;
    this.frame.addEventListener("scroll", () => this.scrolled(), { passive: true });
    this.newer.addEventListener("click", () => {
      this.toEnd();
      this.frame.focus();
    });
    new ResizeObserver(() => this.isAtEnd && this.toEnd()).observe(this.frame);
  }

  update(state, before) {
    if (state.messages === before.messages && state.outgoing === before.outgoing && state.you === before.you) return;
    this.recognize(state);
    const wanted = new Map();
    for (const message of state.messages) wanted.set(message.id, message);
    for (const message of state.outgoing) wanted.set(message.client_id, message);
    for (const [key, { row }] of this.rows) {
      if (wanted.has(key)) continue;
      if (row.contains(document.activeElement)) this.frame.focus();
      row.remove();
      this.rows.delete(key);
    }
    let previous = null;
    let hasNews = false;
    for (const [key, message] of wanted) {
      const role = state.you?.role;
      const known = this.rows.get(key);
      const row = known?.row ?? element("li", {}, element("p"), element("p", { class: "message-text", dir: "auto" }));
      if (!known || known.message !== message || known.role !== role) this.fill(row, message, state);
      if (!known) hasNews = true;
      if (row.parentNode !== this.list || row.previousElementSibling !== previous) {
        if (previous) previous.after(row);
        else this.list.prepend(row);
      }
      this.rows.set(key, { row, message, role });
      previous = row;
    }
    this.empty.hidden = wanted.size > 0;
    const isOwn = state.outgoing.length > before.outgoing.length;
    if (this.isAtEnd || isOwn) this.toEnd();
    else if (hasNews) this.newer.hidden = false;
  }

  /** An own message that has arrived keeps the row that it had on its way, so that it is read aloud once. */
  recognize(state) {
    for (const { id, client_id, user_id } of state.messages) {
      if (user_id !== state.you?.user_id || this.rows.has(id) || !this.rows.has(client_id)) continue;
      this.rows.set(id, this.rows.get(client_id));
      this.rows.delete(client_id);
    }
  }

  /** Draws a message in its row. The text stays where it is the same. */
  fill(row, message, state) {
    const hadFocus = row.contains(document.activeElement);
    const [head, text] = row.children;
    const { classes, about, more } = message.id ? this.said(message, state) : this.onItsWay(message, state);
    const isOwn = !message.id || message.user_id === state.you?.user_id;
    row.className = `message${isOwn ? " is-own" : ""} ${classes}`;
    if (message.id) row.dataset.id = message.id;
    // What changes about one's own is no news to oneself.
    const live = isOwn ? { "aria-live": "off" } : {};
    head.replaceWith(element("p", { class: "message-head", ...live }, ...about));
    setText(text, message.text);
    while (text.nextSibling) text.nextSibling.remove();
    if (more) row.append(more);
    if (hadFocus && !row.contains(document.activeElement)) this.frame.focus();
  }

  said(message, state) {
    const choices = this.actions.forMessage(message, state);
    const name = message.name ?? "";
    const more = choices.length === 0 ? null : element(
      "button",
      {
        class: "more",
        type: "button",
        "aria-haspopup": "dialog",
        click: () => this.actions.offerMessage(message),
      },
      icon("more"),
      hiddenText(this.words("actions", { name })),
    );
    const isQuestion = message.kind === "question";
    const about = [
      element("strong", {}, name),
      element("time", { datetime: message.at }, this.time.format(new Date(message.at))),
      isQuestion ? element("span", { class: "kind" }, icon("ask"), this.words("question")) : null,
    ];
    return { classes: isQuestion ? "is-question" : "", about, more };
  }

  onItsWay(message, state) {
    const { fault, client_id } = message;
    const button = (label, act) =>
      element("button", { class: "link-button", type: "button", click: () => act(client_id) }, this.words(label));
    const how = fault ? null : element("span", { class: "quiet" }, this.words(message.isHeld ? "held" : "sending"));
    const fate = !fault ? null : element(
      "p",
      { class: "message-fault", role: "alert" },
      `${this.words("not_sent", { reason: fault.text })} `,
      button("again", this.again),
      button("drop", this.drop),
    );
    const held = message.isHeld ? element("p", { class: "message-fault" }, button("drop", this.drop)) : null;
    return {
      classes: `is-on-its-way${message.isQuestion ? " is-question" : ""}`,
      about: [element("strong", {}, state.you?.name ?? ""), how],
      more: fate ?? held,
    };
  }

  scrolled() {
    const { scrollHeight, scrollTop, clientHeight } = this.frame;
    this.isAtEnd = scrollHeight - scrollTop - clientHeight < NEAR;
    if (this.isAtEnd) this.newer.hidden = true;
  }

  toEnd() {
    this.frame.scrollTop = this.frame.scrollHeight;
    this.isAtEnd = true;
    this.newer.hidden = true;
  }
}
