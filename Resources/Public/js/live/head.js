// The room's head: whether it is live, how many listen, how the connection stands; and the page's end, with its reason.

import { setText } from "./dom.js";

const BACK_FOR = 3_000;
/** A connection that comes back within this is not worth a word. */
const HITCH = 1_500;

export class Head {
  /** `again()`: tries to come in now. */
  constructor(root, words, { again }) {
    this.words = words;
    this.root = root;
    this.badge = root.querySelector("[data-badge]");
    this.listeners = root.querySelector("[data-listeners]");
    this.link = root.querySelector("[data-link]");
    this.retry = root.querySelector("[data-retry]");
    this.body = root.querySelector("[data-body]");
    this.waiting = root.querySelector("[data-waiting]");
    this.closedPart = root.querySelector("[data-closed]");
    this.wasOn = false;
    this.timer = null;
    this.isClosed = false;
    setText(this.retry, words("again"));
    this.retry.addEventListener("click", () => {
      this.retry.hidden = true;
      again();
    });
  }

  update(state) {
    if (this.isClosed) return;
    const isLive = state.phase === "live";
    this.badge.hidden = !isLive;
    this.body.hidden = !isLive || !state.isKnown;
    if (this.waiting) this.waiting.hidden = isLive;
    this.root.dataset.phase = state.phase;
    setText(this.listeners, isLive && state.stats ? this.words("listeners", { count: state.stats.present }) : "");
  }

  /** How the connection stands; what ends the visit is said by `close`. */
  connection(status, detail) {
    if (this.isClosed) return;
    // That it tries by itself now and then is not worth a word.
    if (status === "connecting" && !this.retry.hidden) return;
    this.retry.hidden = status !== "full";
    if (status === "full") {
      this.quiet();
      clearTimeout(this.backTimer);
      return setText(this.link, detail);
    }
    if (status === "on") {
      this.quiet();
      const isBack = this.wasOn && this.link.textContent !== "";
      this.wasOn = true;
      setText(this.link, isBack ? this.words("back") : "");
      this.backTimer = setTimeout(() => setText(this.link, ""), BACK_FOR);
      return;
    }
    const text = this.words(status === "offline" ? "offline" : this.wasOn ? "reconnecting" : "connecting");
    clearTimeout(this.backTimer);
    if (this.link.textContent === this.words("back")) setText(this.link, "");
    if (status === "offline" || this.link.textContent !== "") {
      this.quiet();
      return setText(this.link, text);
    }
    this.timer ??= setTimeout(() => setText(this.link, text), HITCH);
  }

  quiet() {
    clearTimeout(this.timer);
    this.timer = null;
  }

  /** The visit is over; nothing of the room remains but the reason. */
  close(reason, detail, action) {
    this.quiet();
    clearTimeout(this.backTimer);
    this.isClosed = true;
    setText(this.link, "");
    this.retry.hidden = true;
    this.badge.hidden = true;
    this.body.hidden = true;
    if (this.waiting) this.waiting.hidden = true;
    setText(this.listeners, "");
    setText(this.closedPart.querySelector("[data-closed-title]"), this.words(reason));
    setText(this.closedPart.querySelector("[data-closed-text]"), detail ?? this.words(`${reason}_text`));
    if (action) {
      const link = this.closedPart.querySelector("[data-closed-action]");
      link.href = action.address;
      setText(link, action.label);
    }
    this.closedPart.hidden = false;
    this.closedPart.focus();
  }
}
