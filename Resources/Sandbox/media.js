// What a message shows beside its text.

import { el, fileSize, icon, playTime } from "./dom.js";
import { player } from "./player.js";
import { mediaName } from "./service.js";

/** The file, place, contact or die of a shown message; nothing where there is none. */
export function media(view) {
  const { voice, audio, video, video_note: note, animation, document: file, photo, sticker } = view.message;
  const url = view.file_url;
  if (voice) return player({ url, duration: voice.duration, size: voice.file_size });
  if (audio) {
    return player({
      url, duration: audio.duration, size: audio.file_size,
      title: audio.title || audio.file_name || "Audio",
      subtitle: audio.performer || (audio.title ? "Unknown artist" : null),
    });
  }
  if (note) return round(url, note, mediaName(view.message));
  if (video || animation) return film(url, video ?? animation, mediaName(view.message), Boolean(animation));
  if (photo) return el("img", { class: "photo", src: url, alt: "Photo", loading: "lazy" });
  if (sticker) return stickerView(url, sticker);
  if (file) return fileLink(url, file);
  return card(view.message);
}

function film(url, facts, name, isLoop) {
  const video = el("video", {
    class: "film", src: url, controls: true, preload: "metadata", playsinline: true, "aria-label": name,
  });
  video.loop = isLoop;
  video.muted = isLoop;
  if (facts.width && facts.height) video.style.aspectRatio = `${facts.width} / ${facts.height}`;
  return withFallback(video, url, facts, name);
}

/** A video message: a circle that plays when it is pressed. */
function round(url, note, name) {
  const video = el("video", { src: url, preload: "metadata", playsinline: true });
  const button = el(
    "button", { type: "button", class: "round", "aria-label": `Play ${name}` }, video,
    el("span", { class: "round-mark", "aria-hidden": "true" }, icon("play")),
    el("span", { class: "round-time", "aria-hidden": "true" }, playTime(note.duration)),
  );
  const paint = () => {
    const isPlaying = !video.paused && !video.ended;
    button.classList.toggle("is-playing", isPlaying);
    button.setAttribute("aria-label", `${isPlaying ? "Pause" : "Play"} ${name}`);
  };
  for (const event of ["play", "pause", "ended"]) video.addEventListener(event, paint);
  button.addEventListener("click", () => { if (video.paused) video.play().catch(() => {}); else video.pause(); });
  return withFallback(button, url, note, name, video);
}

/** Where the browser cannot play a film, it is a file to be saved. */
function withFallback(shown, url, facts, name, video = shown) {
  const frame = el("div", { class: "film-frame" }, shown);
  video.addEventListener("error", () => {
    frame.replaceChildren(fileLink(url, { ...facts, file_name: facts.file_name ?? name }));
  });
  return frame;
}

function stickerView(url, sticker) {
  const words = el("span", { class: "sticker-emoji", role: "img", "aria-label": "Sticker" }, sticker.emoji ?? "🖼️");
  if (sticker.is_animated || sticker.is_video) return words;
  const image = el("img", { class: "sticker", src: url, alt: `Sticker ${sticker.emoji ?? ""}`.trim() });
  image.addEventListener("error", () => image.replaceWith(words));
  return image;
}

function fileLink(url, file) {
  return el(
    "a", { class: "file", href: url, download: file.file_name ?? "file" },
    el("span", { class: "file-icon" }, icon("file")),
    el(
      "span", {},
      el("strong", { dir: "auto" }, file.file_name ?? "File"),
      el("small", {}, fileSize(file.file_size ?? 0)),
    ),
  );
}

function card({ venue, location, contact, dice }) {
  const line = (head, ...rest) =>
    el("div", { class: "card" }, el("strong", { dir: "auto" }, head), rest.map((text) => el("small", {}, text)));
  if (venue) return line(`📍 ${venue.title}`, venue.address);
  if (location) return line("📍 Place", `${location.latitude}, ${location.longitude}`);
  if (contact) return line(`👤 ${[contact.first_name, contact.last_name].filter(Boolean).join(" ")}`, contact.phone_number);
  if (dice) return el("div", { class: "dice" }, dice.emoji, el("strong", {}, String(dice.value)));
  return null;
}
