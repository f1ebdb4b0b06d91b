// Reactions: a bar to press, and what everybody presses floating up for a moment.

import { element } from "./dom.js";

/** So many float at once at most, and of one telling. */
const FLOATING = 30;
const OF_ONE = 6;
const PACE = { count: 5, within: 1_000 };

export class Reactions {
  constructor(root, { send }) {
    this.send = send;
    this.bar = root.querySelector("[data-reactions]");
    this.sky = root.querySelector("[data-floats]");
    this.isCalm = matchMedia("(prefers-reduced-motion: reduce)");
    this.pressed = [];
  }

  update(state, before, frame) {
    if (state.reactions !== before.reactions) this.draw(state.reactions);
    if (frame.type === "reactions") this.hear(frame.counts);
  }

  draw(set) {
    if ([...this.bar.children].map(({ dataset }) => dataset.emoji).join() === set.join()) return;
    const keys = set.map((emoji) =>
      element(
        "button",
        { class: "reaction", type: "button", "data-emoji": emoji, click: () => this.press(emoji) },
        element("span", { class: "reaction-sign" }, emoji),
        element("span", { class: "reaction-count", "aria-hidden": "true" }),
      ),
    );
    this.bar.replaceChildren(...keys);
  }

  /** Faster than the room takes them, presses are not sent. */
  press(emoji) {
    const now = Date.now();
    this.pressed = this.pressed.filter((at) => now - at < PACE.within);
    if (this.pressed.length >= PACE.count) return;
    this.pressed.push(now);
    this.send({ type: "reaction", emoji });
  }

  hear(counts) {
    for (const [emoji, count] of Object.entries(counts)) {
      const key = [...this.bar.children].find(({ dataset }) => dataset.emoji === emoji);
      if (key) this.tell(key, count);
      if (this.isCalm.matches) continue;
      for (let n = 0; n < Math.min(count, OF_ONE) && this.sky.childElementCount < FLOATING; n += 1) this.float(emoji);
    }
  }

  /** The number beside its key: for those who want no motion, and a glance. */
  tell(key, count) {
    const place = key.querySelector(".reaction-count");
    const shown = Number(place.dataset.shown ?? 0) + count;
    place.dataset.shown = shown;
    place.textContent = `+${shown}`;
    key.classList.add("is-heard");
    clearTimeout(key.timer);
    key.timer = setTimeout(() => {
      place.dataset.shown = 0;
      place.textContent = "";
      key.classList.remove("is-heard");
    }, 2_500);
  }

  float(emoji) {
    const sign = element("span", { class: "float" }, emoji);
    sign.style.setProperty("--from", `${5 + Math.random() * 70}%`);
    sign.style.setProperty("--sway", `${Math.random() * 3 - 1.5}rem`);
    sign.style.animationDelay = `${Math.random() * 250}ms`;
    sign.addEventListener("animationend", () => sign.remove());
    this.sky.append(sign);
  }
}
