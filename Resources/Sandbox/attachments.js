// The files that are about to be posted: one with a caption in the message field, or an album of several.

import { el, fileSize, iconButton, playTime } from "./dom.js";
import { toast } from "./notice.js";

const kinds = {
  voice: "Voice note", audio: "Audio", video: "Video", video_note: "Video message", photo: "Photo",
  animation: "GIF", sticker: "Sticker", document: "File",
};
const albumKinds = ["audio", "video", "photo", "document"];
const orders = { given: "in their order", reverse: "the last part first" };
const albumCapacity = 10;

export class Attachments {
  /** `changed` is called when other things are to be shown. */
  constructor(changed) {
    this.changed = changed;
    this.parts = [];
    this.order = "given";
  }

  get isEmpty() { return this.parts.length === 0; }
  get isAlbum() { return this.parts.length > 1; }
  get only() { return this.parts.length === 1 ? this.parts[0] : null; }
  /** A caption can stand beside it. */
  get takesCaption() { return !this.only || !["video_note", "sticker"].includes(this.only.kind); }

  /** Adds files; what each is follows from its type and can be changed. */
  add(files, kind = null, seconds = null) {
    const room = albumCapacity - this.parts.length;
    if (files.length > room) toast(`An album has at most ${albumCapacity} parts: the first ones were taken.`);
    for (const file of [...files].slice(0, room)) {
      this.parts.push({ file, seconds, kind: kind ?? guess(file), title: "", performer: "", caption: "", emoji: "" });
    }
    if (this.isAlbum) {
      for (const part of this.parts) if (!albumKinds.includes(part.kind)) part.kind = albumKindOf(part);
    }
    this.changed();
  }

  remove(part) {
    if (part.url) URL.revokeObjectURL(part.url);
    this.parts = this.parts.filter((other) => other !== part);
    this.changed();
  }

  clear() {
    for (const part of [...this.parts]) if (part.url) URL.revokeObjectURL(part.url);
    this.parts = [];
    this.changed();
  }

  /** The fields of the one message with the only file. */
  message(caption) {
    return { file: this.only.file, duration: this.only.seconds, ...facts(this.only), caption };
  }

  /** The fields of an album. */
  album() {
    const parts = this.parts.map((part) => ({ ...facts(part), caption: part.caption }));
    const places = parts.map((_, index) => index);
    const files = Object.fromEntries(this.parts.map((part, index) => [`file${index}`, part.file]));
    const order = this.order === "reverse" ? places.reverse() : places;
    return { parts: JSON.stringify(parts), update_order: JSON.stringify(order), ...files };
  }

  /** What is shown above the message field. */
  cards() {
    const cards = this.parts.map((part) => this.card(part));
    if (!this.isAlbum) return cards;
    const select = choice("Bots hear of the parts", orders, this.order, (value) => { this.order = value; });
    return [el("div", { class: "album-head" }, el("strong", {}, `Album of ${cards.length}`),
      el("label", {}, "Bots hear of them ", select)), ...cards];
  }

  card(part) {
    const offered = this.isAlbum ? Object.fromEntries(albumKinds.map((kind) => [kind, kinds[kind]])) : kinds;
    const select = choice("Send as", offered, part.kind, (value) => { part.kind = value; this.changed(); });
    const field = (name, label) => {
      const input = el("input", { type: "text", placeholder: label, "aria-label": label, dir: "auto" });
      input.value = part[name];
      input.addEventListener("input", () => { part[name] = input.value; });
      return input;
    };
    const about = [fileSize(part.file.size), part.seconds && playTime(part.seconds)].filter(Boolean);
    return el(
      "div",
      { class: "attachment" },
      el(
        "div", { class: "attachment-head" },
        el("strong", { dir: "auto" }, part.file.name),
        el("span", {}, about.join(" · ")),
        iconButton("close", `Remove ${part.file.name}`, () => this.remove(part)),
      ),
      this.isAlbum ? "" : preview(part),
      el(
        "div", { class: "attachment-fields" }, select,
        part.kind === "audio" ? [field("title", "Title"), field("performer", "Performer")] : "",
        part.kind === "sticker" ? field("emoji", "Its emoji") : "",
        this.isAlbum ? field("caption", `Caption of ${part.file.name}`) : "",
      ),
    );
  }
}

function facts(part) {
  const { file, kind, title, performer, emoji } = part;
  return {
    kind, file_name: file.name, mime_type: file.type || null,
    title: kind === "audio" && title ? title : null,
    performer: kind === "audio" && performer ? performer : null,
    emoji: kind === "sticker" && emoji ? emoji : null,
  };
}

function guess(file) {
  if (file.type.startsWith("audio/") || /\.(mp3|m4a|ogg|oga|opus|wav|flac|aac)$/i.test(file.name)) return "audio";
  if (file.type.startsWith("video/") || /\.(mp4|mov|webm|mkv)$/i.test(file.name)) return "video";
  if (file.type === "image/gif") return "animation";
  return /^image\/(jpeg|png|webp)$/.test(file.type) ? "photo" : "document";
}

function albumKindOf(part) {
  const other = guess(part.file);
  return albumKinds.includes(other) ? other : "document";
}

function preview(part) {
  const isSound = part.kind === "voice" || part.kind === "audio";
  const isFilm = part.kind === "video" || part.kind === "video_note" || part.kind === "animation";
  if (!isSound && !isFilm) return "";
  part.url ??= URL.createObjectURL(part.file);
  return el(isSound ? "audio" : "video", { controls: true, src: part.url, "aria-label": "What will be sent" });
}

function choice(label, options, value, chosen) {
  const select = el("select", { "aria-label": label }, Object.entries(options).map(([key, name]) =>
    el("option", { value: key, selected: key === value }, name)));
  select.addEventListener("change", () => chosen(select.value));
  return select;
}
