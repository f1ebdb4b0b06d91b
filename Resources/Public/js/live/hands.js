// Hands: one's own (raising, the place in the queue, the invitation), and everybody's in their order.

import { clockText, element, hiddenText, icon, setText } from "./dom.js";
import { mayRaise } from "./room-state.js";

export class Hands {
  constructor(root, { words, send, actions, notice }) {
    Object.assign(this, { words, send, actions, notice });
    this.root = root;
    this.list = root.querySelector("[data-hands]");
    this.empty = root.querySelector("[data-hands-empty]");
    this.moreLine = root.querySelector("[data-hands-more]");
    this.counts = root.querySelectorAll("[data-hand-count]");
    this.place = root.querySelector("[data-place]");
    this.button = root.querySelector("[data-raise]");
    this.label = root.querySelector("[data-raise-label]");
    this.sheet = root.querySelector("[data-raise-sheet]");
    this.invitation = root.querySelector("[data-invitation]");
    this.state = null;
    this.pageTitle = document.title;
    this.button.addEventListener("click", () => this.press());
    this.sheet.addEventListener("close", () => this.raise());
    root.querySelector("[data-accept]").addEventListener("click", () => send({ type: "accept_invite" }));
    root.querySelector("[data-decline]").addEventListener("click", () => send({ type: "decline_invite" }));
  }

  press() {
    if (this.state.you?.place === "queue") return this.send({ type: "hand_raise", action: "lower" });
    this.sheet.returnValue = "";
    this.sheet.showModal();
    this.sheet.querySelector("input").focus();
  }

  raise() {
    const field = this.sheet.querySelector("input");
    const topic = field.value.trim();
    if (this.sheet.returnValue !== "raise") return;
    field.value = "";
    this.send({ type: "hand_raise", action: "raise", ...(topic ? { topic } : {}) });
  }

  update(state, before) {
    this.state = state;
    if (state.you !== before.you || state.handPolicy !== before.handPolicy) this.own(state, before);
    if (state.hands === before.hands && state.handCount === before.handCount && state.you === before.you) return;
    for (const place of this.counts) setText(place, state.handCount > 0 ? String(state.handCount) : "");
    this.empty.hidden = state.handCount > 0;
    const rest = state.handCount - state.hands.length;
    this.moreLine.hidden = rest <= 0;
    setText(this.moreLine, rest > 0 ? this.words("hands_more", { count: rest }) : "");
    const focused = document.activeElement?.closest("[data-hand]")?.dataset.hand;
    this.list.replaceChildren(...state.hands.map((hand) => this.row(hand, state)));
    if (focused) this.list.querySelector(`[data-hand="${CSS.escape(focused)}"] button`)?.focus();
  }

  row(hand, state) {
    const choices = this.actions.forHand(hand, state);
    const isOwn = hand.user_id === state.you?.user_id;
    return element(
      "li",
      { class: `hand${isOwn ? " is-own" : ""}`, "data-hand": hand.user_id },
      element(
        "p",
        { class: "hand-name" },
        element("strong", {}, hand.name),
        isOwn ? element("span", { class: "quiet" }, this.words("you")) : null,
        hand.is_remote ? element("span", { class: "quiet" }, this.words("remote")) : null,
      ),
      hand.topic ? element("p", { class: "hand-topic", dir: "auto" }, hand.topic) : null,
      choices.length === 0 ? null : element(
        "button",
        { class: "more", type: "button", "aria-haspopup": "dialog", click: () => this.actions.offerHand(hand) },
        icon("more"),
        hiddenText(this.words("actions", { name: hand.name })),
      ),
    );
  }

  /** What one's own part in it is, and what one can do. */
  own(state, before) {
    const { place, position, until, hands_left: left } = state.you ?? {};
    const level = /^level:(\d+)$/.exec(state.handPolicy);
    let text = "";
    if (place === "queue") text = this.words("position", { position });
    else if (place === "stage") text = this.words("on_stage");
    else if (place === "audience" && !mayRaise(state)) {
      text = level ? this.words("hands_level", { level: level[1] }) : this.words("hands_off");
    } else if (place === "audience" && left === 0) text = this.words("hands_spent");
    setText(this.place, text);
    const isUp = place === "queue";
    this.button.hidden = !(isUp || (place === "audience" && mayRaise(state) && left > 0));
    this.button.classList.toggle("is-up", isUp);
    setText(this.label, this.words(isUp ? "lower" : "raise"));
    const was = before.you?.place;
    if (place === "invited") this.invite(until);
    else this.uninvite(was === "invited" && place === "audience");
    if (was === "stage" && place === "audience") this.notice.say(this.words("demoted"));
  }

  invite(until) {
    const end = Date.parse(until);
    this.invitation.hidden = false;
    // Whoever has another page before them sees it in the list of their pages.
    document.title = `✋ ${this.words("invited")}`;
    setText(this.root.querySelector("[data-invitation-text]"), this.words("invited"));
    clearInterval(this.timer);
    const tick = () => setText(this.root.querySelector("[data-invitation-time]"), clockText(end - Date.now()));
    tick();
    this.timer = setInterval(tick, 500);
  }

  uninvite(isTold) {
    clearInterval(this.timer);
    if (this.invitation.hidden) return;
    if (this.invitation.contains(document.activeElement)) this.root.querySelector("[data-message]").focus();
    this.invitation.hidden = true;
    document.title = this.pageTitle;
    setText(this.root.querySelector("[data-invitation-text]"), "");
    if (isTold) this.notice.say(this.words("invite_gone"));
  }
}
