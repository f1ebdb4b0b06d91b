// The place to write: text, commands, files, voice notes.

import { Attachments } from "./attachments.js";
import { el, icon, iconButton, playTime } from "./dom.js";
import { menu, toast } from "./notice.js";
import { Recorder } from "./recorder.js";
import { summary } from "./service.js";
import { Suggestions } from "./suggestions.js";

export class Composer {
  /**
   * `send(fields)` posts a message, `sendAlbum(fields)` several files; `start()` and `unblock()` are for chats with bots;
   * `bots()` can be asked inline, `visit(username, payload)` goes to one.
   */
  constructor({ person, chat, send, sendAlbum, start, unblock, bots, visit }) {
    Object.assign(this, { person, chat, send, sendAlbum, start, unblock });
    this.attachments = new Attachments(() => { this.paint(); this.text.focus(); });
    /** The message that is answered, and whether the bot asked for that. */
    this.target = null;
    this.recorder = null;
    this.root = el("footer", { class: "composer" });
    this.text = el("textarea", { rows: "1", "aria-label": "Message", dir: "auto" });
    this.suggestions = new Suggestions(this.text, person, chat, {
      bots, visit, say: (text) => this.say(text), sent: () => this.say(null),
    });
    this.text.addEventListener("input", () => { this.grow(); this.suggest(); });
    this.text.addEventListener("keydown", (event) => {
      if (event.isComposing) return;
      if (this.suggestions.key(event)) return event.preventDefault();
      if (event.key === "Escape" && this.target) return this.answer(null);
      if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); this.submit(); }
    });
    this.text.addEventListener("paste", (event) => {
      const { files } = event.clipboardData;
      if (files.length > 0 && this.chat.can_write) { event.preventDefault(); this.attachments.add(files); }
    });
  }

  /** Looks for what can be offered for the text so far. */
  suggest() {
    if (this.attachments.isEmpty) this.suggestions.update(this.chat);
  }

  /** Puts a text into the field. */
  write(text) {
    this.text.value = text;
    this.text.focus();
    this.grow();
    this.suggest();
  }

  /** Answers a message with the next one; `null`: none. */
  answer(view) {
    this.target = view;
    this.paint();
    this.text.focus();
  }

  focus() {
    this.text.focus();
  }

  /** Ends a recording that runs. */
  close() {
    this.recorder?.cancel();
  }

  /** Takes over the chat's state and the newest message by which a bot changes the person's keyboard. */
  update(chat, asking) {
    const { can_write, is_started, is_blocked, kind, commands } = chat;
    const state = JSON.stringify([can_write, is_started, is_blocked, kind, commands, asking]);
    this.chat = chat;
    if (state === this.state) return;
    this.state = state;
    this.replyKeyboard = asking?.reply_keyboard ?? null;
    this.forced = this.replyKeyboard?.force_reply ? asking : null;
    this.paint();
  }

  paint() {
    const { chat } = this;
    if (chat.kind === "private" && (chat.is_blocked || !chat.is_started)) {
      const button = chat.is_blocked ? this.wide("Unblock the bot", this.unblock) : this.wide("Start", this.start);
      return this.root.replaceChildren(button);
    }
    if (!chat.can_write) {
      const text = chat.kind === "channel" ? "Only admins post in this channel." : "You are not in this chat.";
      return this.root.replaceChildren(el("p", { class: "composer-note" }, text));
    }
    if (this.recorder) return this.root.replaceChildren(this.recordingBar());
    const hadFocus = this.root.contains(document.activeElement);
    const { attachments } = this;
    this.text.hidden = attachments.isAlbum || !attachments.takesCaption;
    this.text.placeholder =
      !attachments.isEmpty ? "Caption: line 1 is the title" :
      this.replyKeyboard?.input_field_placeholder ||
      (chat.kind === "channel" ? "Write or drop a recording" : "Message");
    this.root.replaceChildren(
      this.suggestions.box,
      this.answerBar(),
      ...attachments.cards(),
      el(
        "div", { class: "composer-row" },
        this.commandButton(), this.attachButton(), this.text,
        this.text.hidden ? el("span", { class: "composer-gap" }) : "",
        attachments.isEmpty ? iconButton("microphone", "Record a voice note", () => this.record()) : "",
        iconButton("send", "Send", () => this.submit(), { class: "send" }),
      ),
      this.customKeyboard(),
    );
    if (hadFocus && !this.text.hidden) this.text.focus();
    this.grow();
  }

  answerBar() {
    const view = this.target ?? this.forced;
    if (!view) return "";
    const name = view.sender?.first_name ?? view.sender?.title ?? "";
    return el(
      "div", { class: "answer-bar" },
      el("div", { class: "quote" }, el("strong", {}, `Answer to ${name}`), el("span", {}, summary(view.message))),
      iconButton("close", "Answer no message", () => { this.forced = null; this.answer(null); }),
    );
  }

  wide(label, action) {
    return el("button", { type: "button", class: "wide-button", onclick: () => action() }, label);
  }

  commandButton() {
    const commands = this.chat.commands ?? [];
    if (commands.length === 0) return "";
    const button = el(
      "button",
      { type: "button", class: "command-button", "aria-label": "Commands of the bot", "aria-haspopup": "menu" },
      icon("slash"), "Menu",
    );
    button.addEventListener("click", () => menu(button, commands.map((one) => ({
      label: `/${one.command} – ${one.description}`, action: () => this.say(`/${one.command}`),
    }))));
    return button;
  }

  attachButton() {
    const input = el("input", {
      type: "file", multiple: true, class: "hidden-input", tabindex: "-1", "aria-hidden": "true",
    });
    input.addEventListener("change", () => { this.attachments.add([...input.files]); input.value = ""; });
    return el("span", { class: "attach" }, iconButton("attach", "Choose files", () => input.click()), input);
  }

  customKeyboard() {
    const rows = this.replyKeyboard?.keyboard;
    if (!rows) return "";
    return el("div", { class: "reply-keyboard" }, rows.map((row) =>
      el("div", { class: "keyboard-row" }, row.map((key) => {
        const label = typeof key === "string" ? key : key.text;
        const isPlain = typeof key === "string" || !(key.request_contact || key.request_location || key.web_app);
        const act = () => (isPlain ? this.say(label) : toast("This kind of key does nothing in the sandbox."));
        return el("button", { type: "button", class: "key", onclick: act }, label);
      }))));
  }

  /** Sends a text that was chosen, not typed; `null`: something was sent already. */
  async say(text) {
    const answered = this.target ?? this.forced;
    if (text !== null && !(await this.send({ text, reply_to: answered?.message.message_id }))) return;
    this.text.value = "";
    this.grow();
    this.target = null;
    this.paint();
  }

  async submit() {
    const text = this.text.value;
    const { attachments } = this;
    const answered = (this.target ?? this.forced)?.message.message_id;
    if (!attachments.isEmpty) {
      this.root.classList.add("is-sending");
      const sent = attachments.isAlbum
        ? await this.sendAlbum(attachments.album())
        : await this.send({ ...attachments.message(attachments.takesCaption ? text : ""), reply_to: answered });
      this.root.classList.remove("is-sending");
      if (!sent) return;
      this.text.value = "";
      this.target = null;
      attachments.clear();
      return;
    }
    if (text.trim() === "") return;
    this.text.value = "";
    this.suggest();
    this.grow();
    if (!(await this.send({ text, reply_to: answered }))) { this.text.value = text; this.grow(); return; }
    if (this.target) this.answer(null);
  }

  grow() {
    this.text.style.height = "auto";
    this.text.style.height = `${Math.min(this.text.scrollHeight, 160)}px`;
  }

  async record() {
    try {
      this.recorder = await Recorder.start((seconds) => { this.clock.textContent = playTime(seconds); });
    } catch (error) {
      toast(error.message, "error");
      return;
    }
    this.paint();
  }

  recordingBar() {
    this.clock = el("span", { class: "recording-time" }, "0:00");
    const finish = async () => {
      const recorder = this.recorder;
      this.recorder = null;
      const { file, seconds } = await recorder.stop();
      this.attachments.add([file], "voice", seconds);
    };
    const cancel = () => { this.recorder.cancel(); this.recorder = null; this.paint(); };
    return el(
      "div", { class: "composer-row recording" },
      el("span", { class: "recording-dot", "aria-hidden": "true" }), el("span", {}, "Recording"), this.clock,
      el("button", { type: "button", class: "text-button", onclick: cancel }, "Cancel"),
      iconButton("stop", "Stop recording", finish, { class: "send" }),
    );
  }

  /** Lets files be dropped anywhere on the conversation. */
  dropZone(root) {
    let depth = 0;
    const hasFiles = (event) => this.chat.can_write && [...event.dataTransfer.types].includes("Files");
    root.ondragenter = (event) => { if (hasFiles(event)) { depth += 1; root.classList.add("is-dropping"); } };
    root.ondragover = (event) => { if (hasFiles(event)) event.preventDefault(); };
    root.ondragleave = () => { depth = Math.max(0, depth - 1); if (depth === 0) root.classList.remove("is-dropping"); };
    root.ondrop = (event) => {
      depth = 0;
      root.classList.remove("is-dropping");
      if (!hasFiles(event)) return;
      event.preventDefault();
      this.attachments.add(event.dataTransfer.files);
    };
  }
}
