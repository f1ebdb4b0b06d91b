// Who is on stage: who runs the show, who speaks, whose microphone is on; and the thanks to them.

import { element, hiddenText, icon, initials } from "./dom.js";

export class Stage {
  constructor(root, { words, language, support, actions }) {
    Object.assign(this, { words, language, support, actions });
    this.list = root.querySelector("[data-stage]");
    this.empty = root.querySelector("[data-stage-empty]");
    this.seats = new Map();
    this.speaking = new Set();
    this.isHeard = () => undefined;
    this.state = null;
  }

  update(state, before) {
    this.state = state;
    const isSame = ["stage", "crew", "host", "you"].every((part) => state[part] === before[part]);
    if (isSame && this.seats.size === state.stage.length) return;
    const ids = new Set(state.stage.map(({ user_id }) => user_id));
    for (const [id, seat] of this.seats) {
      if (ids.has(id)) continue;
      seat.remove();
      this.seats.delete(id);
    }
    for (const person of state.stage) this.draw(person, state);
    this.empty.hidden = ids.size > 0;
  }

  draw(person, state) {
    const drawn = this.seat(person, state);
    const known = this.seats.get(person.user_id);
    const hadFocus = known?.contains(document.activeElement) ? document.activeElement.dataset.does : null;
    if (known) known.replaceWith(drawn);
    else this.list.append(drawn);
    this.seats.set(person.user_id, drawn);
    if (hadFocus) drawn.querySelector(`[data-does=${hadFocus}]`)?.focus();
  }

  /** `isHeard(id)`: whether a microphone is on, as the sound knows; undefined where only the room does. */
  hear(isHeard) {
    this.isHeard = isHeard;
    for (const person of this.state?.stage ?? []) {
      const isSilent = this.seats.get(person.user_id)?.classList.contains("is-silent");
      if (isSilent === this.isOn(person)) this.draw(person, this.state);
    }
  }

  isOn({ user_id, microphone }) {
    return this.isHeard(user_id) ?? microphone;
  }

  /** `ids`: of those whose voices are heard just now. */
  speak(ids) {
    this.speaking = new Set(ids);
    for (const [id, seat] of this.seats) {
      seat.classList.toggle("is-speaking", this.speaking.has(id));
      seat.querySelector("[data-voice]").textContent = this.speaking.has(id) ? this.words("speaks") : "";
    }
  }

  seat(person, state) {
    const id = person.user_id;
    const isOwn = id === state.you?.user_id;
    const runs = id === state.crew.host || state.crew.co_hosts.includes(id);
    const choices = this.actions.forPerson(person, state);
    const thank = isOwn ? null : element(
      "button",
      { class: "seat-action", type: "button", "data-does": "thank", click: () => this.support(id) },
      icon("heart"),
      element("span", { "aria-hidden": "true" }, this.words("thank")),
      hiddenText(this.words("thank_name", { name: person.name })),
    );
    const more = choices.length === 0 ? null : element(
      "button",
      {
        class: "more",
        type: "button",
        "data-does": "more",
        "aria-haspopup": "dialog",
        click: () => this.actions.offerPerson(person),
      },
      icon("more"),
      hiddenText(this.words("actions", { name: person.name })),
    );
    const isSpeaking = this.speaking.has(id);
    const isOn = this.isOn(person);
    const part = [runs ? "host" : null, isOwn ? "you" : null].filter(Boolean);
    return element(
      "li",
      { class: `seat${isOn ? "" : " is-silent"}${isSpeaking ? " is-speaking" : ""}`, "data-user": id },
      element(
        "div",
        { class: "face", "aria-hidden": "true" },
        element("span", { class: "face-letters" }, initials(person.name, this.language)),
        element("span", { class: "face-microphone" }, icon(isOn ? "mic" : "mic-off")),
      ),
      element(
        "p",
        { class: "seat-name" },
        element("span", {}, person.name),
        hiddenText(`, ${this.words(isOn ? "open" : "silent")}`),
      ),
      element("p", { class: "seat-role quiet" }, part.map((word) => this.words(word)).join(", ")),
      element("span", { class: "visually-hidden", "data-voice": "" }, isSpeaking ? this.words("speaks") : ""),
      thank,
      more,
    );
  }
}
