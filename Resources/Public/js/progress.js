// Tells the club what one has listened to: a beat every 15 seconds while something plays, at each pause and seek, and
// when the page goes away. The club keeps the position for every device, and lets one player listen at a time.

/** A stretch shorter than this is no beat of its own when one seeks, in seconds. */
const SHORTEST = 0.5;

export class Progress {
  /** `onElsewhere` is called when another player has taken over. */
  constructor(podcast, onElsewhere) {
    this.address = `/api/podcasts/${encodeURIComponent(podcast)}/progress`;
    this.onElsewhere = onElsewhere;
    this.number = 0;
    this.token = null;
    this.playing = null;
    this.timer = null;
    this.sending = Promise.resolve();
    addEventListener("pagehide", () => this.leave());
  }

  /** What the club knows of the episode; null where it cannot be asked. */
  async ask() {
    try {
      const answer = await fetch(this.address);
      if (!answer.ok) return null;
      const progress = await answer.json();
      this.token = progress.token;
      this.number = 0;
      this.period = progress.beat_seconds;
      return progress;
    } catch {
      return null;
    }
  }

  /** A player begins to play, or goes on. */
  begin(recording, audio) {
    if (this.playing && this.playing.audio !== audio) this.beat("paused");
    this.playing = { recording, audio, from: audio.currentTime, at: audio.currentTime };
    this.say("started", audio.currentTime, audio.currentTime);
    clearInterval(this.timer);
    this.timer = setInterval(() => this.beat("playing"), (this.period ?? 15) * 1000);
  }

  /** Time goes by. */
  tick(audio) {
    if (this.playing?.audio === audio && !audio.seeking) this.playing.at = audio.currentTime;
  }

  /** Somebody goes to another place, or changes the speed: what was played so far is told. */
  turn(audio) {
    if (this.playing?.audio !== audio) return;
    if (this.playing.at - this.playing.from >= SHORTEST) this.beat("playing");
    this.playing.from = audio.currentTime;
    this.playing.at = audio.currentTime;
  }

  /** The player has stopped; `state` is paused or ended. */
  stop(audio, state) {
    if (this.playing?.audio !== audio) return;
    this.playing.at = Math.max(this.playing.at, audio.currentTime);
    this.beat(state);
    clearInterval(this.timer);
    this.playing = null;
  }

  /** Somebody has chosen another place while nothing plays: it is kept, and counts as nothing heard. */
  settle(recording, audio) {
    if (this.playing) return;
    const place = audio.currentTime;
    this.tell({ recording, from: place, to: place, speed: audio.defaultPlaybackRate, state: "paused" });
  }

  beat(state) {
    const { playing } = this;
    if (!playing) return;
    this.say(state, playing.from, Math.max(playing.from, playing.at));
    playing.from = playing.at;
  }

  say(state, from, to) {
    const { recording, audio } = this.playing;
    this.tell({ recording, from, to, speed: audio.defaultPlaybackRate, state });
  }

  /** One after the other. */
  tell(said) {
    this.sending = this.sending.then(() => this.send(said));
  }

  async send(said, isAgain = false) {
    if (!this.token && !(await this.ask())) return;
    let answer;
    try {
      answer = await this.post(said);
    } catch {
      return;
    }
    const told = await answer.json().catch(() => ({}));
    if (answer.ok) {
      this.token = told.token;
    } else if (told.error?.code === "listening_elsewhere") {
      this.onElsewhere();
    } else if (told.error?.code === "play_ended" && !isAgain) {
      // The page has slept for long: it begins anew.
      this.token = null;
      await this.send({ ...said, from: said.to, state: said.state === "playing" ? "started" : said.state }, true);
    }
  }

  /** It arrives although the page goes away meanwhile. */
  post(said) {
    this.number += 1;
    return fetch(this.address, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ ...said, token: this.token, number: this.number }),
      keepalive: true,
    });
  }

  /** The page goes away, and cannot wait for anything. */
  leave() {
    const { playing } = this;
    if (!playing || !this.token) return;
    const said = {
      recording: playing.recording,
      from: playing.from,
      to: Math.max(playing.from, playing.audio.currentTime),
      speed: playing.audio.defaultPlaybackRate,
      state: "paused",
    };
    clearInterval(this.timer);
    this.playing = null;
    this.post(said).catch(() => {});
  }
}
