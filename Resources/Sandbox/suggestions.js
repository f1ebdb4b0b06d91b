// What is offered above the message field while somebody types: commands after a slash, a bot's results after its name.

import { api } from "./api.js";
import { el } from "./dom.js";
import { attempt } from "./notice.js";

/** How long one may pause while typing before the bot is asked, in milliseconds. */
const typingPause = 300;

export class Suggestions {
  /** `field` is the message field; `actions`: `bots()`, `say(text)`, `visit(username, payload)`, `sent()`. */
  constructor(field, person, chat, actions) {
    Object.assign(this, { field, person, chat, actions });
    this.items = [];
    this.active = -1;
    this.root = el("div", { id: "suggestions", class: "suggestions", role: "listbox", "aria-label": "Suggestions" });
    this.status = el("p", { class: "suggestions-status", role: "status" });
    this.box = el("div", { class: "suggestions-box", hidden: true }, this.status, this.root);
    field.setAttribute("aria-autocomplete", "list");
    field.setAttribute("aria-controls", "suggestions");
  }

  /** Looks at what stands in the field now. */
  update(chat) {
    this.chat = chat;
    const text = this.field.value;
    clearTimeout(this.timer);
    this.asked = null;
    const command = /^\/(\S*)$/.exec(text);
    if (command) return this.offerCommands(command[1].toLowerCase());
    const inline = /^@([A-Za-z0-9_]+)\s([\s\S]*)$/.exec(text);
    const bot = inline && this.actions.bots().find((one) => one.username?.toLowerCase() === inline[1].toLowerCase());
    if (!bot) return this.show([]);
    const [, , query] = inline;
    this.timer = setTimeout(() => this.ask(bot, query, ""), typingPause);
  }

  offerCommands(beginning) {
    const commands = (this.chat.commands ?? []).filter((one) => one.command.startsWith(beginning));
    this.show(commands.map((one) => ({
      title: `/${one.command}`, detail: one.description, act: () => this.actions.say(`/${one.command}`),
    })));
  }

  async ask(bot, query, offset, before = []) {
    const asked = {};
    this.asked = asked;
    this.show(before, `Asking @${bot.username}…`);
    const values = { as: this.person.id, chat: this.chat.id, query, offset };
    const found = await attempt(() => api.ask(bot.id, values));
    if (this.asked !== asked) return;
    if (!found) return this.show([]);
    if (!found.answer) return this.show(before, `@${bot.username} did not answer within 10 seconds.`);
    const { results, next_offset: next, button } = found.answer;
    const items = [...before, ...results.map((result) => this.offer(found.id, result))];
    if (button) {
      const start = () => this.actions.visit(bot.username, button.start_parameter ?? "");
      const follow = button.web_app ? () => window.open(button.web_app.url, "_blank", "noopener") : start;
      items.unshift({ title: button.text, detail: "", act: follow });
    }
    if (next) {
      items.push({ title: "More results", detail: "", keeps: true, act: () => this.ask(bot, query, next, items.slice(0, -1)) });
    }
    const kept = found.from_cache ? "Shown from what the bot said before (cache_time)." : "";
    this.show(items, items.length === 0 ? `@${bot.username} found nothing.` : kept);
  }

  offer(id, result) {
    return {
      title: result.title ?? result.first_name ?? result.type,
      detail: result.description ?? result.performer ?? "",
      act: async () => {
        const values = { as: this.person.id, result: result.id, chat: this.chat.id };
        if (await attempt(() => api.choose(id, values))) this.actions.sent();
      },
    };
  }

  show(items, status = "") {
    this.items = items;
    this.active = items.length > 0 ? 0 : -1;
    this.status.textContent = status;
    this.root.replaceChildren(...items.map((item, index) =>
      el(
        "div",
        { id: `suggestion-${index}`, class: "suggestion", role: "option", onclick: () => this.take(index) },
        el("strong", { dir: "auto" }, item.title), item.detail && el("span", { dir: "auto" }, item.detail),
      )));
    this.box.hidden = items.length === 0 && status === "";
    this.mark();
  }

  mark() {
    [...this.root.children].forEach((option, index) => {
      option.setAttribute("aria-selected", String(index === this.active));
      if (index === this.active) option.scrollIntoView({ block: "nearest" });
    });
    if (this.active >= 0) this.field.setAttribute("aria-activedescendant", `suggestion-${this.active}`);
    else this.field.removeAttribute("aria-activedescendant");
  }

  /** Takes the keys that choose; returns whether it did. */
  key(event) {
    if (this.box.hidden) return false;
    if (event.key === "Escape") { this.show([]); return true; }
    if (this.items.length === 0) return false;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      this.active = (this.active + step + this.items.length) % this.items.length;
      this.mark();
      return true;
    }
    if (event.key === "Tab" || (event.key === "Enter" && !event.shiftKey)) {
      // A command that is written out is sent as it stands.
      this.take(this.active);
      return true;
    }
    return false;
  }

  take(index) {
    const item = this.items[index];
    if (!item) return;
    if (!item.keeps) { this.field.value = ""; this.show([]); this.field.dispatchEvent(new Event("input")); }
    item.act();
    this.field.focus();
  }
}
