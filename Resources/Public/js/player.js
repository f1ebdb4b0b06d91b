// Gives each recording a player of the club's own on top of the browser's: it remembers where one stopped, skips,
// changes speed, listens to the keyboard and shows itself on the lock screen.

import { Progress } from "./progress.js";

const BACK = 15;
const FORWARD = 30;
/** How often the position is written down while playing, in seconds. */
const REMEMBER_EVERY = 5;
/** Nearer to the end than this, the next time begins at the start again, in seconds. */
const NEAR_END = 10;
const SPEED_KEY = "fomo.speed";

const stored = (key) => {
  try {
    return JSON.parse(localStorage.getItem(key));
  } catch {
    return null;
  }
};

const store = (key, value) => {
  try {
    localStorage.setItem(key, JSON.stringify(value));
  } catch {
    // Private windows keep nothing; the player works without.
  }
};

const clock = (seconds) => {
  const whole = Math.max(0, Math.floor(seconds || 0));
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((part) => String(part).padStart(2, "0"));
  const hours = Math.floor(whole / 3600);
  return hours > 0 ? `${hours}:${parts.join(":")}` : `${Number(parts[0])}:${parts[1]}`;
};

class Player {
  constructor(root) {
    this.root = root;
    this.audio = root.querySelector("audio");
    this.face = root.querySelector("[data-face]");
    this.toggleButton = root.querySelector("[data-toggle]");
    this.seek = root.querySelector("[data-seek]");
    this.speed = root.querySelector("[data-speed]");
    this.position = root.querySelector("[data-position]");
    this.length = root.querySelector("[data-length]");
    this.status = root.querySelector("[data-status]");
    this.key = `fomo.position.${root.dataset.recording}`;
    this.jumpsTo = null;
    this.isSeeking = false;
    this.isRenewing = false;
    this.rememberedAt = 0;
    this.listen();
    this.audio.controls = false;
    this.audio.hidden = true;
    this.face.hidden = false;
    const speed = String(stored(SPEED_KEY) ?? 1);
    if ([...this.speed.options].some((option) => option.value === speed)) this.speed.value = speed;
    this.changeSpeed();
    if (this.audio.readyState >= 1) this.begin();
  }

  listen() {
    const { audio } = this;
    audio.addEventListener("loadedmetadata", () => this.begin());
    audio.addEventListener("timeupdate", () => {
      this.show();
      progress?.tick(audio);
    });
    audio.addEventListener("seeking", () => progress?.turn(audio));
    audio.addEventListener("play", () => this.played());
    audio.addEventListener("pause", () => this.paused());
    audio.addEventListener("ended", () => this.ended());
    audio.addEventListener("error", () => this.renew());
    this.toggleButton.addEventListener("click", () => this.toggle());
    this.root.querySelector("[data-back]").addEventListener("click", () => this.skip(-BACK));
    this.root.querySelector("[data-forward]").addEventListener("click", () => this.skip(FORWARD));
    this.speed.addEventListener("change", () => this.changeSpeed());
    this.seek.addEventListener("input", () => {
      this.isSeeking = true;
      this.show(Number(this.seek.value));
    });
    this.seek.addEventListener("change", () => {
      this.isSeeking = false;
      this.audio.currentTime = Number(this.seek.value);
      this.remember();
      this.settle();
    });
    addEventListener("pagehide", () => this.remember());
  }

  /** The length is known: go to where one stopped the last time. */
  begin() {
    const { audio } = this;
    if (!Number.isFinite(audio.duration)) return;
    this.seek.max = Math.floor(audio.duration);
    this.length.textContent = clock(audio.duration);
    if (this.jumpsTo !== null) return this.jump(this.jumpsTo);
    const last = this.resumeAt ?? this.lastPlace().position;
    this.resumeAt = null;
    if (audio.currentTime === 0 && last > 0 && last < audio.duration - NEAR_END) audio.currentTime = last;
    this.show();
  }

  /** Where one stopped in this recording, in whichever place that was later: in this browser or elsewhere. */
  lastPlace() {
    const here = stored(this.key) ?? { position: 0, at: 0 };
    return this.known && this.known.at > here.at ? this.known : here;
  }

  /** The club knows a place of this recording. */
  resume(known) {
    this.known = known;
    if (this.audio.paused && Number.isFinite(this.audio.duration)) {
      const { position } = this.lastPlace();
      if (position > 0 && position < this.audio.duration - NEAR_END) this.jump(position);
    }
  }

  show(seconds = this.audio.currentTime) {
    const { audio, seek } = this;
    const length = Number.isFinite(audio.duration) ? audio.duration : 0;
    if (!this.isSeeking) seek.value = Math.floor(seconds);
    this.face.style.setProperty("--played", `${length > 0 ? (100 * seconds) / length : 0}%`);
    seek.setAttribute(
      "aria-valuetext",
      this.root.dataset.of.replace("{position}", clock(seconds)).replace("{length}", clock(length)),
    );
    this.position.textContent = clock(seconds);
    if (Math.abs(audio.currentTime - this.rememberedAt) >= REMEMBER_EVERY) this.remember();
  }

  remember() {
    const { audio } = this;
    if (!(audio.duration > 0) || audio.currentTime === 0) return;
    this.rememberedAt = audio.currentTime;
    store(this.key, { position: audio.currentTime, length: audio.duration, at: Date.now() });
  }

  static isPlaying() {
    return players.some(({ audio }) => !audio.paused);
  }

  toggle() {
    this.status.textContent = "";
    if (!this.audio.paused) return this.audio.pause();
    if (this.audio.error) return this.renew(true);
    this.audio.play().catch((error) => {
      if (error.name !== "AbortError") this.fail();
    });
  }

  skip(seconds) {
    const { audio } = this;
    if (!Number.isFinite(audio.duration)) return;
    audio.currentTime = Math.min(Math.max(0, audio.currentTime + seconds), audio.duration);
    this.show();
    this.settle();
  }

  /** The place at which one will go on is known on every device. */
  settle() {
    progress?.settle(this.root.dataset.recording, this.audio);
  }

  /** Goes to a moment, as soon as the length is known. */
  jump(seconds) {
    const { audio } = this;
    const isReady = Number.isFinite(audio.duration);
    this.jumpsTo = isReady ? null : seconds;
    if (!isReady) return;
    audio.currentTime = Math.min(seconds, audio.duration);
    this.show();
  }

  changeSpeed() {
    progress?.turn(this.audio);
    const speed = Number(this.speed.value);
    // What a new source begins with, too.
    this.audio.defaultPlaybackRate = speed;
    this.audio.playbackRate = speed;
    store(SPEED_KEY, speed);
  }

  played() {
    for (const other of players) {
      if (other !== this) other.audio.pause();
    }
    Player.current = this;
    this.status.textContent = "";
    hideResume();
    progress?.begin(this.root.dataset.recording, this.audio);
    this.root.classList.add("is-playing");
    this.toggleButton.setAttribute("aria-label", this.root.dataset.pause);
    this.announce();
  }

  paused() {
    this.root.classList.remove("is-playing");
    this.toggleButton.setAttribute("aria-label", this.root.dataset.play);
    this.remember();
    progress?.stop(this.audio, this.audio.ended ? "ended" : "paused");
  }

  /** Another player of the same person listens now. */
  yield() {
    this.audio.pause();
    this.status.textContent = this.root.dataset.elsewhere;
  }

  ended() {
    this.remember();
    progress?.stop(this.audio, "ended");
    const next = players[players.indexOf(this) + 1];
    next?.toggle();
  }

  /** Addresses of recordings are good for an hour or two: asks for a new one, once, and goes on from there. */
  async renew(isAsked = false) {
    if (this.isRenewing || (this.hasRenewed && !isAsked)) return this.fail();
    this.isRenewing = true;
    const wasPlaying = isAsked || this.root.classList.contains("is-playing");
    const resumeAt = this.audio.currentTime || this.lastPlace().position;
    try {
      const answer = await fetch(`/api/podcasts/${encodeURIComponent(this.root.dataset.podcast)}`);
      const podcast = await answer.json();
      const recording = podcast.recordings.find(({ id }) => id === this.root.dataset.recording);
      this.hasRenewed = true;
      this.resumeAt = resumeAt;
      this.audio.src = recording.audio_url;
      if (wasPlaying) await this.audio.play();
    } catch {
      this.fail();
    } finally {
      this.isRenewing = false;
    }
  }

  fail() {
    this.paused();
    this.status.textContent = this.root.dataset.failed;
  }

  /** Puts the recording on the lock screen and on headset buttons. */
  announce() {
    if (!("mediaSession" in navigator)) return;
    const { title, artist } = this.root.dataset;
    navigator.mediaSession.metadata = new MediaMetadata({ title, artist });
    const actions = {
      play: () => this.audio.play(),
      pause: () => this.audio.pause(),
      seekbackward: ({ seekOffset }) => this.skip(-(seekOffset ?? BACK)),
      seekforward: ({ seekOffset }) => this.skip(seekOffset ?? FORWARD),
      seekto: ({ seekTime }) => this.skip(seekTime - this.audio.currentTime),
    };
    for (const [action, handler] of Object.entries(actions)) {
      try {
        navigator.mediaSession.setActionHandler(action, handler);
      } catch {
        // This browser does not know the action.
      }
    }
  }
}

const resumeLine = document.querySelector("[data-resume]");

const hideResume = () => {
  if (resumeLine) resumeLine.hidden = true;
};

const podcast = document.querySelector("[data-player]")?.dataset.podcast;
const progress = podcast ? new Progress(podcast, () => Player.current?.yield()) : null;

const players = [...document.querySelectorAll("[data-player]")].map((root) => new Player(root));
Player.current = players[0] ?? null;

/** Goes to a moment of the episode, in the recording that has it. */
const goTo = (seconds) => {
  const player = players.findLast(({ root }) => Number(root.dataset.start) <= seconds);
  player?.jump(seconds - Number(player.root.dataset.start));
  return player;
};

const asked = new URLSearchParams(location.search).get("t") ?? "";
if (/^\d{1,6}$/.test(asked)) Player.current = goTo(Number(asked)) ?? Player.current;

/** Asks where one stopped, on whichever device, and offers to go on from there. */
const offerResume = async () => {
  const place = (await progress.ask())?.position;
  const player = players.find(({ root }) => root.dataset.recording === place?.recording);
  if (!player || Player.isPlaying() || /^\d{1,6}$/.test(asked)) return;
  Player.current = player;
  player.resume({ position: place.seconds, at: Date.parse(place.at) });
  const { position } = player.lastPlace();
  if (!resumeLine || position < 1) return;
  const goOn = resumeLine.querySelector("[data-resume-go]");
  goOn.textContent = goOn.dataset.resumeGo.replace("{time}", clock(position));
  goOn.addEventListener("click", () => {
    player.jump(position);
    if (player.audio.paused) player.toggle();
  });
  resumeLine.querySelector("[data-resume-start]").addEventListener("click", () => {
    player.jump(0);
    players[0].jump(0);
    if (players[0].audio.paused) players[0].toggle();
  });
  resumeLine.hidden = false;
};
if (progress) offerResume();

addEventListener("click", (event) => {
  const chapter = event.target.closest?.("a[data-chapter]");
  if (!chapter || event.ctrlKey || event.metaKey || event.shiftKey || event.button !== 0) return;
  const player = goTo(Number(chapter.dataset.chapter));
  if (!player) return;
  event.preventDefault();
  history.replaceState(null, "", chapter.href);
  if (player.audio.paused) player.toggle();
});

const keys = {
  " ": (player) => player.toggle(),
  k: (player) => player.toggle(),
  ArrowLeft: (player) => player.skip(-BACK),
  j: (player) => player.skip(-BACK),
  ArrowRight: (player) => player.skip(FORWARD),
  l: (player) => player.skip(FORWARD),
};

addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest("input, select, textarea, button, a, summary, [contenteditable]")) return;
  const act = keys[event.key];
  if (!act || !Player.current) return;
  event.preventDefault();
  act(Player.current);
});
