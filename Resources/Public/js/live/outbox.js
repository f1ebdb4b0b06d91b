// Own chat messages on their way: said again under the same name until the room has them, so that none is lost and
// none comes twice.

/** After coming back, what was missed is heard first: it may hold them already. */
const AFTER_RETURN = 400;
const ANSWER = 8_000;
/** Refusals after which waiting helps. */
const PASSING = new Set(["too_fast", "unavailable", "busy", "undecided"]);

export class Outbox {
  /** `state()`: the room; `dispatch(frame)`; `send(command)`: whether it went out. */
  constructor({ state, dispatch, send }) {
    Object.assign(this, { state, dispatch, send });
    this.timer = null;
  }

  say(text, isQuestion) {
    const message = { client_id: crypto.randomUUID?.() ?? this.name(), text, isQuestion, at: new Date().toISOString() };
    this.dispatch({ type: "local_say", message });
    this.speak(message);
    this.later(ANSWER);
    return message.client_id;
  }

  /** Where the page came without TLS, as on a club's own network, browsers make no such names. */
  name() {
    return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  }

  hear(frame) {
    if (frame.type === "room_state" || frame.type === "resumed") this.later(AFTER_RETURN);
    if (frame.type !== "error" || !frame.client_id) return;
    if (PASSING.has(frame.code)) return this.later(Math.max(frame.retry_after_ms ?? 2_000, 250));
    // It was there, and was deleted before this page heard of it.
    if (frame.code === "not_found") return this.dispatch({ type: "local_drop", client_id: frame.client_id });
    this.dispatch({ type: "local_fault", client_id: frame.client_id, fault: { text: frame.message } });
  }

  again(id) {
    const message = this.state().outgoing.find(({ client_id }) => client_id === id);
    if (!message) return;
    this.dispatch({ type: "local_fault", client_id: id, fault: null });
    this.speak(message);
    this.later(ANSWER);
  }

  speak({ client_id, text, isQuestion }) {
    return this.send({ type: "chat", message: text, client_id, ...(isQuestion ? { question: true } : {}) });
  }

  later(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.repeat(), pause);
  }

  repeat() {
    const waiting = this.state().outgoing.filter(({ fault }) => !fault);
    if (waiting.length === 0) return;
    for (const message of waiting) this.speak(message);
    this.later(ANSWER);
  }
}
