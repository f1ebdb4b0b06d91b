// Own chat messages on their way: said again under the same name until the room has them, so that none is lost and
// none comes twice.

const ANSWER = 8_000;
/** Refusals after which waiting helps. */
const PASSING = new Set(["too_fast", "slow_mode", "unavailable", "busy", "undecided"]);

export class Outbox {
  /** `state()`: the room; `dispatch(frame)`. */
  constructor({ connection, state, dispatch }) {
    Object.assign(this, { connection, state, dispatch });
    this.timer = null;
  }

  get waiting() {
    return this.state().outgoing.filter(({ fault }) => !fault);
  }

  say(text, isQuestion) {
    const client_id = crypto.randomUUID?.() ?? this.name();
    // Those that slow mode holds back go first.
    const isHeld = this.waiting.some((message) => message.isHeld);
    const message = { client_id, text, isQuestion, isHeld, at: new Date().toISOString() };
    this.dispatch({ type: "local_say", message });
    if (isHeld) return;
    this.speak([message]);
    this.later(ANSWER);
  }

  /** Where the page came without TLS, as on a club's own network, browsers make no such names. */
  name() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  hear(frame) {
    if (frame.type !== "error" || !frame.client_id) return;
    if (frame.code === "slow_mode") this.dispatch({ type: "local_hold", client_id: frame.client_id });
    if (PASSING.has(frame.code)) return this.later(Math.max(frame.retry_after_ms ?? 2_000, 250));
    // It was there, and was deleted before this page heard of it.
    if (frame.code === "not_found") return this.drop(frame.client_id);
    this.dispatch({ type: "local_fault", client_id: frame.client_id, fault: { text: frame.message } });
  }

  again(id) {
    const message = this.state().outgoing.find(({ client_id }) => client_id === id);
    if (!message) return;
    this.dispatch({ type: "local_fault", client_id: id, fault: null });
    this.speak([message]);
    this.later(ANSWER);
  }

  drop(id) {
    this.dispatch({ type: "local_drop", client_id: id });
  }

  /** An answer is looked for, so that a line that is dead without knowing it is given up soon. */
  speak(messages) {
    const isSaid = messages.map(({ client_id, text, isQuestion }) =>
      this.connection.send({ type: "chat", message: text, client_id, ...(isQuestion ? { question: true } : {}) }),
    );
    if (isSaid.some(Boolean)) this.connection.check();
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.repeat(), pause);
  }

  /** In the room again, this is to be called when all is heard that was missed: it may hold them already. */
  repeat() {
    const { waiting } = this;
    if (waiting.length === 0) return;
    this.speak(waiting);
    this.later(ANSWER);
  }
}
