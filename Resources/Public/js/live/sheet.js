// What the page says in passing, and what it asks: one line of notice, one sheet that is a question or a choice.

import { element, setText } from "./dom.js";

const SHOWN_FOR = 7_000;

export class Notice {
  constructor(root) {
    this.place = root.querySelector("[data-notice]");
  }

  say(text) {
    clearTimeout(this.timer);
    setText(this.place, text);
    this.place.classList.toggle("is-shown", text !== "");
    if (text) this.timer = setTimeout(() => this.say(""), SHOWN_FOR);
  }
}

export class Sheet {
  constructor(root, words) {
    this.words = words;
    this.dialog = root.querySelector("[data-sheet]");
    this.title = root.querySelector("[data-sheet-title]");
    this.text = root.querySelector("[data-sheet-text]");
    this.actions = root.querySelector("[data-sheet-actions]");
    this.dialog.addEventListener("click", (event) => event.target === this.dialog && this.dialog.close());
    this.dialog.addEventListener("close", () => this.closed());
  }

  /** Whether somebody says yes. Closing the sheet is a no. */
  ask(title, text, yes) {
    return new Promise((answer) => {
      const accept = element("button", { class: "button", type: "button", click: () => this.settle(answer, true) }, yes);
      const refuse = element(
        "button",
        { class: "button button-quiet", type: "button", click: () => this.settle(answer, false) },
        this.words("keep"),
      );
      this.answered = answer;
      this.show(title, text, [accept, refuse]);
    });
  }

  /** Offers `choices` of `{ label, act }`. */
  offer(title, text, choices) {
    const buttons = choices.map(({ label, act }) =>
      element("button", { class: "menu-item", type: "button", click: () => this.choose(act) }, label),
    );
    const close = element(
      "button",
      { class: "button button-quiet", type: "button", click: () => this.dialog.close() },
      this.words("close"),
    );
    this.answered = null;
    this.show(title, text, [...buttons, close]);
  }

  show(title, text, buttons) {
    setText(this.title, title);
    setText(this.text, text ?? "");
    this.text.hidden = !text;
    this.actions.replaceChildren(...buttons);
    if (!this.dialog.open) this.dialog.showModal();
    buttons[0].focus();
  }

  /** The event comes late: by then the sheet may ask the next thing. What it showed may be deleted, so it goes too. */
  closed() {
    if (this.dialog.open) return;
    this.answered?.(false);
    this.answered = null;
    for (const part of [this.title, this.text, this.actions]) part.replaceChildren();
  }

  choose(act) {
    this.dialog.close();
    act();
  }

  settle(answer, isYes) {
    this.answered = null;
    this.dialog.close();
    answer(isYes);
  }
}
