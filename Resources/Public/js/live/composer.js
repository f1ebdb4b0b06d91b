// Where one writes: how much still fits, whether one may at all, and when one may again.

import { clockText, setText } from "./dom.js";
import { isModerator, mayWrite } from "./room-state.js";

/** Source: docs/room-protocol.md, `chat`. The server counts code points, and so does this. */
const LONGEST = 1_000;
const COUNTED_FROM = 900;

export class Composer {
  constructor(root, { words, state, say, draft }) {
    Object.assign(this, { words, state, say, draft });
    this.form = root.querySelector("[data-composer]");
    this.field = root.querySelector("[data-message]");
    this.question = root.querySelector("[data-question]");
    this.button = root.querySelector("[data-send]");
    this.line = root.querySelector("[data-composer-line]");
    this.freeAt = 0;
    this.field.value = draft.read();
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.field.addEventListener("input", () => this.typed());
    this.field.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.submit();
    });
    this.question.addEventListener("click", () => this.ask(this.question.getAttribute("aria-pressed") !== "true"));
  }

  ask(isQuestion) {
    this.question.setAttribute("aria-pressed", String(isQuestion));
    this.field.focus();
  }

  typed() {
    this.draft.write(this.field.value);
    this.field.style.height = "auto";
    this.field.style.height = `${Math.min(this.field.scrollHeight + 2, 140)}px`;
    this.update(this.state());
  }

  submit() {
    const text = this.field.value.trim();
    if (!text || this.button.disabled) return;
    this.say(text, this.question.getAttribute("aria-pressed") === "true");
    this.field.value = "";
    this.question.setAttribute("aria-pressed", "false");
    this.typed();
  }

  /** What slow mode gave back: the words, and how long to wait. */
  putBack(text, milliseconds) {
    if (!this.field.value.trim()) this.field.value = text;
    this.wait(milliseconds);
    this.typed();
  }

  /** Nothing is taken for so long. */
  wait(milliseconds) {
    this.freeAt = Math.max(this.freeAt, Date.now() + milliseconds);
    this.update(this.state());
  }

  update(state, before = state) {
    // A message of one's own that is there begins the wait of slow mode.
    const newest = state.messages.at(-1);
    const isNew = newest && newest !== before.messages.at(-1) && newest.user_id === state.you?.user_id;
    if (isNew && state.slowSeconds > 0 && !isModerator(state) && ["chat", "question"].includes(newest.kind)) {
      this.freeAt = Math.max(this.freeAt, Date.now() + state.slowSeconds * 1000);
    }
    if (state.slowSeconds === 0) this.freeAt = 0;
    const isFree = mayWrite(state);
    const pause = this.freeAt - Date.now();
    const excess = [...this.field.value.trim()].length - LONGEST;
    this.field.disabled = !isFree;
    this.question.disabled = !isFree;
    this.button.disabled = !isFree || pause > 0 || excess > 0 || this.field.value.trim() === "";
    setText(this.line, this.told(state, isFree, pause, excess));
    clearTimeout(this.timer);
    if (pause > 0) this.timer = setTimeout(() => this.update(this.state()), (pause % 1000) + 20);
  }

  told(state, isFree, pause, excess) {
    if (!state.you) return "";
    if (!isFree) {
      const level = /^level:(\d+)$/.exec(state.chatMode);
      return level ? this.words("mode_level", { level: level[1] }) : this.words(`mode_${state.chatMode}`);
    }
    if (excess > 0) return this.words("too_long", { count: excess });
    if (excess > COUNTED_FROM - LONGEST) return this.words("left", { count: -excess });
    if (pause > 0) return this.words("slow", { time: clockText(pause) });
    if (state.slowSeconds > 0 && !isModerator(state)) {
      return this.words("slow_on", { time: clockText(state.slowSeconds * 1000) });
    }
    return "";
  }
}
