// In livekit-client's place in the tests of the live room: has the part of it that the page uses, carries no sound, and
// writes down what it is asked in `window.livekit.asked`. A test makes things happen by `window.livekit.room`.

export const RoomEvent = {
  TrackSubscribed: "trackSubscribed",
  TrackUnsubscribed: "trackUnsubscribed",
  ActiveSpeakersChanged: "activeSpeakersChanged",
  AudioPlaybackStatusChanged: "audioPlaybackChanged",
  Reconnecting: "reconnecting",
  Reconnected: "reconnected",
  TrackPublished: "trackPublished",
  TrackUnpublished: "trackUnpublished",
  TrackMuted: "trackMuted",
  TrackUnmuted: "trackUnmuted",
  LocalTrackPublished: "localTrackPublished",
  LocalTrackUnpublished: "localTrackUnpublished",
  Disconnected: "disconnected",
  ParticipantPermissionsChanged: "participantPermissionsChanged",
};
export const Track = { Kind: { Audio: "audio" }, Source: { Microphone: "microphone" } };
export const DisconnectReason = { CLIENT_INITIATED: 1, DUPLICATE_IDENTITY: 2, PARTICIPANT_REMOVED: 4 };

const world = (window.livekit = { asked: [], room: null, mayPublish: false, canPlay: true, others: new Map() });

class LocalParticipant {
  constructor(room) {
    this.room = room;
    this.isMicrophoneEnabled = false;
  }

  get permissions() {
    return { canPublish: world.mayPublish };
  }

  async setMicrophoneEnabled(isOn) {
    world.asked.push(["microphone", isOn]);
    if (isOn && !world.mayPublish) throw new Error("insufficient permissions");
    this.isMicrophoneEnabled = isOn;
  }

  getTrackPublication() {
    return undefined;
  }
}

export class Room {
  static async getLocalDevices() {
    return [
      { deviceId: "inner", label: "Inner" },
      { deviceId: "outer", label: "Outer" },
    ];
  }

  constructor() {
    this.heard = new Map();
    this.localParticipant = new LocalParticipant(this);
  }

  getParticipantByIdentity(identity) {
    return world.others.get(identity);
  }

  get canPlaybackAudio() {
    return world.canPlay;
  }

  on(event, handler) {
    this.heard.set(event, [...(this.heard.get(event) ?? []), handler]);
    return this;
  }

  once(event, handler) {
    return this.on(event, handler);
  }

  /** What a test makes happen. */
  emit(event, ...values) {
    for (const handler of this.heard.get(event) ?? []) handler(...values);
  }

  async connect(url, token) {
    world.asked.push(["connect", url, token]);
    world.room = this;
  }

  async disconnect() {
    world.asked.push(["disconnect"]);
    this.emit(RoomEvent.Disconnected, DisconnectReason.CLIENT_INITIATED);
  }

  async startAudio() {
    world.asked.push(["startAudio"]);
    world.canPlay = true;
    this.emit(RoomEvent.AudioPlaybackStatusChanged);
  }

  async switchActiveDevice(kind, device) {
    world.asked.push(["device", kind, device]);
  }
}
