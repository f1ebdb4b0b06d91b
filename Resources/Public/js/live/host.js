// The host's desk: whose turn it is, the topic, who may write, the beginning and the end of the show.

import { element, setText } from "./dom.js";
import { isModerator } from "./room-state.js";

export class HostDesk {
  constructor(root, { words, session, send, sheet, notice }) {
    Object.assign(this, { words, session, send, sheet, notice });
    this.root = root;
    this.parts = root.querySelectorAll("[data-host-only]");
    this.next = root.querySelector("[data-next-hand]");
    this.lower = root.querySelector("[data-lower-all]");
    this.join = root.querySelector("[data-join-stage]");
    this.invitations = root.querySelector("[data-invitations]");
    this.pin = root.querySelector("[data-pin]");
    this.unpin = root.querySelector("[data-unpin]");
    this.mode = root.querySelector("[data-mode]");
    this.you = null;
    this.next.addEventListener("click", () => send({ type: "next_hand" }));
    this.join.addEventListener("click", () => send({ type: "promote", target_user_id: this.you.user_id }));
    this.lower.addEventListener("click", () => this.lowerAll());
    this.unpin.addEventListener("click", () => send({ type: "pin", text: "" }));
    this.pin.addEventListener("submit", (event) => this.pinned(event));
    this.mode.addEventListener("change", () => this.ruled());
    root.querySelector("[data-end]").addEventListener("click", () => this.turn("end"));
    root.querySelector("[data-start]")?.addEventListener("click", () => this.turn("start"));
  }

  async lowerAll() {
    const isSure = await this.sheet.ask(this.words("lower_all_ask"), null, this.lower.textContent);
    if (isSure) this.send({ type: "lower_all" });
  }

  pinned(event) {
    event.preventDefault();
    const field = this.pin.elements.text;
    const text = field.value.trim();
    if (!text) return field.focus();
    this.send({ type: "pin", text });
    field.value = "";
  }

  ruled() {
    const { mode, slow } = this.mode.elements;
    this.send({ type: "chat_mode", mode: mode.value, slow_seconds: Number(slow.value) });
  }

  /** Begins or ends the show. */
  async turn(step) {
    const button = this.root.querySelector(`[data-${step}]`);
    if (!(await this.sheet.ask(this.words(`${step}_ask`), this.words(`${step}_text`), button.textContent))) return;
    button.disabled = true;
    try {
      const show = `/api/live-sessions/sessions/${encodeURIComponent(this.session)}`;
      const answer = await fetch(`${show}/${step}`, { method: "POST" });
      if (!answer.ok) this.notice.say((await answer.json()).error.message);
    } catch {
      this.notice.say(this.words("failed"));
    }
    button.disabled = false;
  }

  update(state, before) {
    this.you = state.you;
    const runs = isModerator(state);
    for (const part of this.parts) part.hidden = !runs;
    if (!runs) {
      if (this.root.dataset.part === "host") this.root.querySelector('[data-show-part="chat"]').click();
      return;
    }
    this.next.disabled = state.handCount === 0;
    this.lower.disabled = state.handCount === 0;
    this.join.hidden = state.you.place === "stage";
    this.unpin.hidden = !state.pinned;
    if (state.chatMode !== before.chatMode || state.slowSeconds !== before.slowSeconds || !before.you) this.rules(state);
    if (state.invitations !== before.invitations || !before.you) {
      this.invitations.replaceChildren(...state.invitations.map((invitation) => this.invitation(invitation)));
    }
  }

  rules(state) {
    const { mode, slow } = this.mode.elements;
    mode.value = state.chatMode;
    const seconds = String(state.slowSeconds);
    // What was set elsewhere may be none of the choices here.
    if (![...slow.options].some(({ value }) => value === seconds)) slow.append(new Option(seconds, seconds));
    slow.value = seconds;
  }

  invitation({ user_id, name }) {
    const line = element("span", {});
    setText(line, this.words("invited_one", { name }));
    return element(
      "li",
      {},
      line,
      element(
        "button",
        { class: "link-button", type: "button", click: () => this.send({ type: "demote", target_user_id: user_id }) },
        this.words("withdraw"),
      ),
    );
  }
}
