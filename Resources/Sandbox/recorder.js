// Records a voice note with the microphone.

import { oggFromWebM } from "./ogg.js";

/** Browsers differ in what they record; Telegram's voice notes are Opus in Ogg. */
const types = ["audio/ogg;codecs=opus", "audio/webm;codecs=opus", "audio/mp4"];

export class Recorder {
  /** Asks for the microphone and begins. `tick` is called with the seconds so far. Throws a text for people. */
  static async start(tick) {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) {
      throw new Error("This browser cannot record here. Choose a file instead.");
    }
    let stream;
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true });
    } catch {
      throw new Error("The microphone is not available. Allow it in the browser, or choose a file instead.");
    }
    return new Recorder(stream, tick);
  }

  constructor(stream, tick) {
    this.stream = stream;
    this.parts = [];
    this.began = performance.now();
    const mimeType = types.find((type) => MediaRecorder.isTypeSupported(type));
    this.recorder = new MediaRecorder(stream, mimeType ? { mimeType, audioBitsPerSecond: 32_000 } : {});
    this.recorder.ondataavailable = (event) => this.parts.push(event.data);
    this.recorder.start();
    this.timer = setInterval(() => tick((performance.now() - this.began) / 1000), 250);
  }

  /** Ends the recording and returns it as a file with its length in whole seconds. */
  async stop() {
    const seconds = Math.max(1, Math.round((performance.now() - this.began) / 1000));
    await new Promise((resolve) => { this.recorder.onstop = resolve; this.recorder.stop(); });
    this.release();
    const type = this.recorder.mimeType.split(";")[0];
    const recorded = new Blob(this.parts, { type });
    const bytes = new Uint8Array(await recorded.arrayBuffer());
    const ogg = type === "audio/webm" ? oggFromWebM(bytes) : null;
    if (ogg) return { seconds, file: new File([ogg], "voice.ogg", { type: "audio/ogg" }) };
    const ending = { "audio/ogg": "ogg", "audio/mp4": "m4a" }[type] ?? "webm";
    return { seconds, file: new File([recorded], `voice.${ending}`, { type }) };
  }

  /** Ends the recording and forgets it. */
  cancel() {
    if (this.recorder.state !== "inactive") this.recorder.stop();
    this.release();
  }

  release() {
    clearInterval(this.timer);
    for (const track of this.stream.getTracks()) track.stop();
  }
}
