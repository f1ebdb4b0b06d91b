// What is written in the room: messages as they come, own ones at once, deleted ones gone.

import { element, icon, hiddenText } from "./dom.js";

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
      const known = this.rows.get(key);
      const isSame = known && (known.message === message || (message.id && known.place === state.you?.role));
      const row = isSame ? known.row : this.row(message, state);
      if (known && !isSame) known.row.replaceWith(row);
      else if (!known) {
        if (previous) previous.after(row);
        else this.list.prepend(row);
        hasNews = true;
      }
      this.rows.set(key, { row, message, place: state.you?.role });
      previous = row;
    }
    this.empty.hidden = wanted.size > 0;
    const isOwn = state.outgoing.length > before.outgoing.length;
    if (this.isAtEnd || isOwn) this.toEnd();
    else if (hasNews) this.newer.hidden = false;
  }

  row(message, state) {
    return message.id ? this.said(message, state) : this.onItsWay(message, state);
  }

  said(message, state) {
    const isOwn = message.user_id === state.you?.user_id;
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
    const kind = message.kind === "chat" ? null : element(
      "span",
      { class: "kind" },
      message.kind === "topic" ? icon("hand") : message.kind === "pin" ? icon("pin") : icon("ask"),
      this.words(message.kind),
    );
    return element(
      "li",
      { class: `message is-${message.kind}${isOwn ? " is-own" : ""}`, "data-id": message.id },
      element(
        "p",
        { class: "message-head" },
        element("strong", {}, name),
        element("time", { datetime: message.at }, this.time.format(new Date(message.at))),
        kind,
      ),
      element("p", { class: "message-text", dir: "auto" }, message.text),
      more,
    );
  }

  onItsWay(message, state) {
    const { fault, client_id } = message;
    const button = (label, act) =>
      element("button", { class: "link-button", type: "button", click: () => act(client_id) }, this.words(label));
    const line = !fault ? null : element(
      "p",
      { class: "message-fault", role: "alert" },
      `${this.words("not_sent", { reason: fault.text })} `,
      button("again", this.again),
      button("drop", this.drop),
    );
    return element(
      "li",
      { class: `message is-own is-on-its-way${message.isQuestion ? " is-question" : ""}`, "data-client-id": client_id },
      element(
        "p",
        { class: "message-head" },
        element("strong", {}, state.you?.name ?? ""),
        fault ? null : element("span", { class: "quiet" }, this.words("sending")),
      ),
      element("p", { class: "message-text", dir: "auto" }, message.text),
      line,
    );
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
