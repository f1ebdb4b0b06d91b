// A small player for voice notes and audio files.

import { el, fileSize, icon, playTime } from "./dom.js";

let playing = null;

/** A player of the file at `url`; `title` and `subtitle` stand beside the button, a voice note has none. */
export function player({ url, duration, title, subtitle, size }) {
  const audio = new Audio();
  audio.preload = "none";
  audio.src = url;
  const name = title ?? "voice message";
  const button = el("button", { type: "button", class: "play", "aria-label": `Play ${name}` }, icon("play"));
  const bar = el("input", {
    type: "range", min: "0", max: String(Math.max(1, duration)), step: "0.1", value: "0", "aria-label": "Position",
  });
  const time = el("span", { class: "play-time" }, playTime(duration));
  const length = () => (Number.isFinite(audio.duration) && audio.duration > 0 ? audio.duration : duration);

  const paint = () => {
    // The message was changed or another chat is open: nobody could stop it any more.
    if (!root.isConnected) audio.pause();
    const isPlaying = !audio.paused && !audio.ended;
    button.replaceChildren(icon(isPlaying ? "pause" : "play"));
    button.setAttribute("aria-label", `${isPlaying ? "Pause" : "Play"} ${name}`);
    bar.max = String(Math.max(1, length()));
    bar.value = String(audio.currentTime);
    bar.style.setProperty("--done", `${(100 * audio.currentTime) / Math.max(1, length())}%`);
    const isFresh = audio.currentTime === 0 && !isPlaying;
    time.textContent = isFresh ? playTime(length()) : `${playTime(audio.currentTime)} / ${playTime(length())}`;
  };
  button.addEventListener("click", () => {
    if (!audio.paused) return audio.pause();
    if (playing && playing !== audio) playing.pause();
    playing = audio;
    audio.play().catch(() => { time.textContent = "This browser cannot play the file"; });
  });
  bar.addEventListener("input", () => { audio.currentTime = Number(bar.value); });
  for (const event of ["play", "pause", "ended", "timeupdate", "loadedmetadata", "seeked"]) {
    audio.addEventListener(event, paint);
  }
  audio.addEventListener("error", () => { time.textContent = "This browser cannot play the file"; });

  const root = el(
    "div",
    { class: `player ${title ? "player-audio" : "player-voice"}` },
    button,
    el(
      "div",
      { class: "player-body" },
      title && el("div", { class: "player-title" }, title),
      subtitle && el("div", { class: "player-subtitle" }, subtitle),
      bar,
      el("div", { class: "player-foot" }, time, size ? el("span", {}, fileSize(size)) : null),
    ),
  );
  return root;
}
