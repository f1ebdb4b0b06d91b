// The place to write: text, commands, files, voice notes.

import { el, fileSize, icon, iconButton, playTime } from "./dom.js";
import { menu, toast } from "./notice.js";
import { Recorder } from "./recorder.js";

export class Composer {
  /** `send(fields)` posts a message; `start()` and `unblock()` are for chats with bots. */
  constructor({ person, chat, send, start, unblock }) {
    Object.assign(this, { person, chat, send, start, unblock });
    this.attachment = null;
    this.recorder = null;
    this.root = el("footer", { class: "composer" });
    this.text = el("textarea", { rows: "1", "aria-label": "Message", dir: "auto" });
    this.text.addEventListener("input", () => this.grow());
    this.text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing) { event.preventDefault(); this.submit(); }
    });
    this.text.addEventListener("paste", (event) => {
      const [file] = event.clipboardData.files;
      if (file && this.takesFiles) { event.preventDefault(); this.attach(file); }
    });
  }

  get takesFiles() {
    return this.chat.can_write;
  }

  focus() {
    this.text.focus();
  }

  /** Ends a recording that runs. */
  close() {
    this.recorder?.cancel();
  }

  /** Takes over the chat's state and the keyboard that a bot put in place of the person's. */
  update(chat, replyKeyboard) {
    const { can_write, is_started, is_blocked, kind, commands } = chat;
    const state = JSON.stringify([can_write, is_started, is_blocked, kind, commands, replyKeyboard]);
    this.chat = chat;
    if (state === this.state) return;
    this.state = state;
    this.replyKeyboard = replyKeyboard;
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
    this.text.placeholder =
      this.attachment ? "Caption: line 1 is the title" :
      chat.kind === "channel" ? "Write or drop a recording" : "Message";
    this.root.replaceChildren(
      this.attachment ? this.attachmentCard() : "",
      el(
        "div", { class: "composer-row" },
        this.commandButton(), this.attachButton(), this.text,
        this.attachment ? "" : iconButton("microphone", "Record a voice note", () => this.record()),
        iconButton("send", "Send", () => this.submit(), { class: "send" }),
      ),
      this.customKeyboard(),
    );
    if (hadFocus) this.text.focus();
    this.grow();
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
      label: `/${one.command} – ${one.description}`, action: () => this.send({ text: `/${one.command}` }),
    }))));
    return button;
  }

  attachButton() {
    const input = el("input", { type: "file", class: "hidden-input", tabindex: "-1", "aria-hidden": "true" });
    input.addEventListener("change", () => { if (input.files[0]) this.attach(input.files[0]); input.value = ""; });
    return el("span", { class: "attach" }, iconButton("attach", "Choose a file", () => input.click()), input);
  }

  customKeyboard() {
    const rows = this.replyKeyboard?.keyboard;
    if (!rows) return "";
    return el("div", { class: "reply-keyboard" }, rows.map((row) =>
      el("div", { class: "keyboard-row" }, row.map((key) => {
        const label = typeof key === "string" ? key : key.text;
        return el("button", { type: "button", class: "key", onclick: () => this.send({ text: label }) }, label);
      }))));
  }

  /** Takes a file to be sent; what it is follows from its type and can be changed. */
  attach(file, kind = null, seconds = null) {
    const isAudio = file.type.startsWith("audio/") || /\.(mp3|m4a|ogg|oga|opus|wav|flac|aac)$/i.test(file.name);
    const isPicture = /^image\/(jpeg|png|webp)$/.test(file.type);
    const guess = isAudio ? "audio" : isPicture ? "photo" : "document";
    this.attachment = { file, seconds, kind: kind ?? guess, title: "", performer: "" };
    this.paint();
    this.text.focus();
  }

  attachmentCard() {
    const { attachment } = this;
    const kinds = { voice: "Voice note", audio: "Audio", document: "File", photo: "Photo" };
    const select = el("select", { "aria-label": "Send as" }, Object.entries(kinds).map(([value, label]) =>
      el("option", { value, selected: value === attachment.kind }, label)));
    select.addEventListener("change", () => { attachment.kind = select.value; this.paint(); });
    const field = (name, label) => {
      const input = el("input", { type: "text", placeholder: label, "aria-label": label, dir: "auto" });
      input.value = attachment[name];
      input.addEventListener("input", () => { attachment[name] = input.value; });
      return input;
    };
    const canPlay = attachment.kind === "voice" || attachment.kind === "audio";
    let preview = "";
    if (canPlay) {
      attachment.url ??= URL.createObjectURL(attachment.file);
      preview = el("audio", { controls: true, src: attachment.url });
    }
    const facts = [fileSize(attachment.file.size), attachment.seconds && playTime(attachment.seconds)].filter(Boolean);
    const names = attachment.kind === "audio" ? [field("title", "Title"), field("performer", "Performer")] : [];
    return el(
      "div",
      { class: "attachment" },
      el(
        "div", { class: "attachment-head" },
        el("strong", { dir: "auto" }, attachment.file.name),
        el("span", {}, facts.join(" · ")),
        iconButton("close", "Remove the file", () => this.detach()),
      ),
      preview,
      el("div", { class: "attachment-fields" }, select, names),
    );
  }

  detach() {
    if (this.attachment?.url) URL.revokeObjectURL(this.attachment.url);
    this.attachment = null;
    this.paint();
  }

  async submit() {
    const text = this.text.value;
    if (this.attachment) {
      const { file, kind, seconds, title, performer } = this.attachment;
      this.root.classList.add("is-sending");
      const sent = await this.send({
        file, kind, caption: text, file_name: file.name, mime_type: file.type || null, duration: seconds,
        title: kind === "audio" && title ? title : null, performer: kind === "audio" && performer ? performer : null,
      });
      this.root.classList.remove("is-sending");
      if (!sent) return;
      this.text.value = "";
      this.detach();
      return;
    }
    if (text.trim() === "") return;
    this.text.value = "";
    this.grow();
    if (!(await this.send({ text }))) { this.text.value = text; this.grow(); }
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
      this.attach(file, "voice", seconds);
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
    const hasFiles = (event) => this.takesFiles && [...event.dataTransfer.types].includes("Files");
    root.ondragenter = (event) => { if (hasFiles(event)) { depth += 1; root.classList.add("is-dropping"); } };
    root.ondragover = (event) => { if (hasFiles(event)) event.preventDefault(); };
    root.ondragleave = () => { depth = Math.max(0, depth - 1); if (depth === 0) root.classList.remove("is-dropping"); };
    root.ondrop = (event) => {
      depth = 0;
      root.classList.remove("is-dropping");
      if (!hasFiles(event)) return;
      event.preventDefault();
      if (event.dataTransfer.files.length > 1) toast("One file at a time: the first one was taken.");
      this.attach(event.dataTransfer.files[0]);
    };
  }
}
