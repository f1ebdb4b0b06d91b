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
    this.said = root.querySelector("[data-composer-said]");
    this.kind = null;
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
    this.tell(...this.told(state, isFree, pause, excess));
    clearTimeout(this.timer);
    if (pause > 0) this.timer = setTimeout(() => this.update(this.state()), (pause % 1000) + 20);
  }

  /** What is running down is read aloud when it begins and when it is over, not with each second or letter. */
  tell(kind, text) {
    setText(this.line, text);
    if (kind === this.kind) return;
    const isOver = this.kind === "slow" && !this.field.disabled && this.freeAt <= Date.now();
    this.kind = kind;
    setText(this.said, isOver ? `${this.words("slow_over")} ${text}`.trim() : text);
  }

  /** What kind of line it is, and its text. */
  told(state, isFree, pause, excess) {
    if (!state.you) return ["none", ""];
    if (!isFree) {
      const level = /^level:(\d+)$/.exec(state.chatMode);
      const text = level ? this.words("mode_level", { level: level[1] }) : this.words(`mode_${state.chatMode}`);
      return [`closed ${state.chatMode}`, text];
    }
    if (excess > 0) return ["long", this.words("too_long", { count: excess })];
    if (excess > COUNTED_FROM - LONGEST) return ["left", this.words("left", { count: -excess })];
    if (pause > 0) return ["slow", this.words("slow", { time: clockText(pause) })];
    if (state.slowSeconds > 0 && !isModerator(state)) {
      return [`pace ${state.slowSeconds}`, this.words("slow_on", { time: clockText(state.slowSeconds * 1000) })];
    }
    return ["none", ""];
  }
}
