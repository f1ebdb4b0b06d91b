// The sound of the room, by LiveKit: joins, plays, publishes the microphone, comes back after a break. Draws nothing.
// Source: livekit-client 2, its Room, RoomEvent and LocalParticipant.

/** Where the token does not name the script with its version. */
const CLIENT = "/vendor/livekit-client.mjs";
const FIRST_PAUSE = 1_000;
const LONGEST_PAUSE = 30_000;
/** How long the permission to speak may take to arrive after the stage. */
const PERMISSION = 5_000;

export class Sound {
  /**
   * - `changed(status)`: `idle`, `joining`, `on`, `blocked` (the browser waits for a tap), `none` (this club has no
   *   audio), `taken` (another device of the same member has it), `lost` (coming back), `failed`.
   * - `spoke(ids)`: whose voices are heard. `microphoneChanged(isOn)`: one's own.
   * - `othersChanged()`: `isHeard` may answer otherwise now.
   */
  constructor({ session, changed, spoke, microphoneChanged, othersChanged }) {
    Object.assign(this, { session, changed, spoke, microphoneChanged, othersChanged });
    this.status = "idle";
    this.room = null;
    this.failures = 0;
    this.device = null;
    this.elements = new Map();
  }

  /** Joins, unless it has; `isTap`: somebody asked for it, so that another device is no reason to stay away. */
  async join(isTap = false) {
    if (["joining", "on", "blocked", "none"].includes(this.status)) return;
    if (this.status === "taken" && !isTap) return;
    clearTimeout(this.timer);
    this.turn("joining");
    const attempt = Symbol("attempt");
    this.attempt = attempt;
    try {
      const ticket = await this.token();
      if (!ticket || this.attempt !== attempt) return;
      this.client ??= await import(ticket.client ?? CLIENT);
      const room = this.listening(new this.client.Room({ adaptiveStream: false, dynacast: false }));
      await room.connect(ticket.url, ticket.token);
      if (this.attempt !== attempt) return room.disconnect();
      this.room = room;
      this.failures = 0;
      this.othersChanged();
      this.turn(room.canPlaybackAudio ? "on" : "blocked");
    } catch {
      if (this.attempt === attempt) this.again();
    }
  }

  /** A way in for these minutes, or nil where there is none; says why. */
  async token() {
    const answer = await fetch("/api/live-sessions/livekit/token", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ session_id: this.session }),
    });
    if (answer.ok) return answer.json();
    const code = (await answer.json().catch(() => null))?.error?.code;
    if (code === "livekit_not_configured") this.turn("none");
    else if (answer.status < 500 && answer.status !== 429) this.turn("failed");
    else this.again();
    return null;
  }

  listening(room) {
    const { RoomEvent, Track, DisconnectReason } = this.client;
    for (const event of ["TrackPublished", "TrackUnpublished", "TrackMuted", "TrackUnmuted"]) {
      room.on(RoomEvent[event], (_, participant) => this.microphoneTurned(room, participant === room.localParticipant));
    }
    for (const event of ["LocalTrackPublished", "LocalTrackUnpublished"]) {
      room.on(RoomEvent[event], () => this.microphoneTurned(room, true));
    }
    return room
      .on(RoomEvent.TrackSubscribed, (track) => {
        if (track.kind !== Track.Kind.Audio) return;
        const element = track.attach();
        element.hidden = true;
        document.body.append(element);
        this.elements.set(track, element);
      })
      .on(RoomEvent.TrackUnsubscribed, (track) => {
        track.detach();
        this.elements.get(track)?.remove();
        this.elements.delete(track);
      })
      .on(RoomEvent.ActiveSpeakersChanged, (speakers) => this.spoke(speakers.map(({ identity }) => identity)))
      .on(RoomEvent.AudioPlaybackStatusChanged, () => {
        if (this.room === room) this.turn(room.canPlaybackAudio ? "on" : "blocked");
      })
      .on(RoomEvent.Reconnecting, () => this.room === room && this.turn("lost"))
      .on(RoomEvent.Reconnected, () => this.room === room && this.turn(room.canPlaybackAudio ? "on" : "blocked"))
      .on(RoomEvent.Disconnected, (reason) => {
        if (this.room !== room) return;
        this.forget();
        if (reason === DisconnectReason.DUPLICATE_IDENTITY) return this.turn("taken");
        if (reason === DisconnectReason.CLIENT_INITIATED) return;
        this.again();
      });
  }

  /** Lets the browser play, which it does only after a tap. */
  async play() {
    if (this.status === "blocked") await this.room.startAudio();
    else await this.join(true);
  }

  leave() {
    clearTimeout(this.timer);
    this.attempt = null;
    const room = this.room;
    this.forget();
    room?.disconnect();
    if (this.status !== "none") this.turn("idle");
  }

  /** Whether the microphone is on now. Throws what the browser says when it refuses. */
  async setMicrophone(isOn) {
    const room = this.room;
    if (!room) return false;
    if (isOn && !(await this.mayPublish(room))) {
      // The stage came with a newer token than the one that this page joined with.
      this.leave();
      await this.join(true);
      if (!this.room) return false;
    }
    const options = this.device ? { deviceId: this.device } : undefined;
    await this.room.localParticipant.setMicrophoneEnabled(isOn, isOn ? options : undefined);
    const isNow = this.room?.localParticipant.isMicrophoneEnabled ?? false;
    this.microphoneChanged(isNow);
    return isNow;
  }

  microphoneTurned(room, isOwn) {
    if (this.room !== room) return;
    if (isOwn) this.microphoneChanged(room.localParticipant.isMicrophoneEnabled);
    this.othersChanged();
  }

  /** Whether somebody's microphone is on; undefined where the sound does not know them, or is not on itself. */
  isHeard(id) {
    return this.room?.getParticipantByIdentity(id)?.isMicrophoneEnabled;
  }

  mayPublish(room) {
    if (room.localParticipant.permissions?.canPublish) return true;
    return new Promise((settle) => {
      const answer = () => settle(room.localParticipant.permissions?.canPublish ?? false);
      const timer = setTimeout(answer, PERMISSION);
      room.once(this.client.RoomEvent.ParticipantPermissionsChanged, () => {
        clearTimeout(timer);
        answer();
      });
    });
  }

  /** The microphones there are, once one was allowed. */
  async microphones() {
    if (!this.client) return [];
    return (await this.client.Room.getLocalDevices("audioinput", false)).filter(({ deviceId }) => deviceId);
  }

  async choose(device) {
    this.device = device;
    await this.room?.switchActiveDevice("audioinput", device);
  }

  /** What the microphone records, for its level. */
  get track() {
    const source = this.client?.Track.Source.Microphone;
    return this.room?.localParticipant.getTrackPublication(source)?.track?.mediaStreamTrack ?? null;
  }

  forget() {
    this.room = null;
    for (const element of this.elements.values()) element.remove();
    this.elements.clear();
    this.spoke([]);
    this.microphoneChanged(false);
    this.othersChanged();
  }

  /** Joins anew, with a new token, after a while that grows. */
  again() {
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures = Math.min(this.failures + 1, 10);
    this.turn("lost");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.join(), pause);
  }

  turn(status) {
    if (this.status === status) return;
    this.status = status;
    this.changed(status);
  }
}
