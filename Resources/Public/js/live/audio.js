// What one sees of the sound: to switch it on where the browser asks for a tap, the microphone with its level and
// choice while on stage, and a line where something is to be known.

import { element, icon, setText } from "./dom.js";
import { Sound } from "./sound.js";

const SAID_FOR = 15_000;
const LINES = {
  none: "sound_none",
  joining: "sound_joining",
  blocked: "sound_blocked",
  taken: "sound_taken",
  lost: "sound_lost",
  failed: "sound_failed",
};

export class Audio {
  constructor(root, { words, session, stage, send, sheet, notice }) {
    Object.assign(this, { words, stage, notice });
    this.part = root.querySelector("[data-sound]");
    this.listen = root.querySelector("[data-listen]");
    this.listenLabel = root.querySelector("[data-listen-label]");
    this.microphone = root.querySelector("[data-microphone]");
    this.level = root.querySelector("[data-level]");
    this.choice = root.querySelector("[data-choice]");
    this.devices = root.querySelector("[data-microphones]");
    this.leaveStage = root.querySelector("[data-leave-stage]");
    this.line = root.querySelector("[data-sound-line]");
    this.isOnStage = false;
    this.isOn = false;
    this.sound = new Sound({
      session,
      changed: (status) => this.turned(status),
      spoke: (ids) => stage.speak(ids),
      microphoneChanged: (isOn) => this.microphoneTurned(isOn),
      othersChanged: () => stage.hear((id) => this.sound.isHeard(id)),
    });
    this.listen.addEventListener("click", () => this.sound.play());
    this.microphone.addEventListener("click", () => this.press());
    this.devices.addEventListener("change", () => {
      this.sound.choose(this.devices.value).catch(() => this.told("mic_failed"));
    });
    this.leaveStage.addEventListener("click", async () => {
      if (await sheet.ask(words("leave_ask"), null, this.leaveStage.textContent)) send({ type: "leave_stage" });
    });
  }

  update(state, before, frame) {
    this.part.hidden = state.phase !== "live";
    if (state.phase === "live" && state.isKnown) {
      if (!before.isKnown || before.phase !== "live") this.sound.join();
    } else if (before.phase === "live" && state.phase !== "live") this.sound.leave();
    const isOnStage = state.you?.place === "stage";
    if (isOnStage !== this.isOnStage) {
      this.isOnStage = isOnStage;
      if (!isOnStage) this.silence();
      // Where there is no sound, there is no microphone to speak of either.
      else if (before.you) this.notice.say(this.words(this.sound.status === "none" ? "on_stage" : "promoted"));
      this.draw();
    }
    if (frame.type === "user_muted" && frame.user_id === state.you?.user_id) {
      this.silence();
      this.notice.say(this.words("muted"));
    }
  }

  leave() {
    this.sound.leave();
  }

  async press() {
    this.microphone.disabled = true;
    try {
      const isOn = await this.sound.setMicrophone(!this.isOn);
      setText(this.line, "");
      if (isOn) await this.offerDevices();
    } catch (error) {
      this.told(error?.name === "NotAllowedError" ? "mic_refused" : "mic_failed");
    }
    this.microphone.disabled = false;
  }

  silence() {
    if (this.isOn) this.sound.setMicrophone(false).catch(() => this.microphoneTurned(false));
  }

  turned(status) {
    setText(this.line, LINES[status] ? this.words(LINES[status]) : "");
    // That a club has no sound is said once, and the room goes on.
    if (status === "none") setTimeout(() => setText(this.line, ""), SAID_FOR);
    this.draw();
  }

  microphoneTurned(isOn) {
    if (this.isOn === isOn) return;
    this.isOn = isOn;
    if (isOn) this.measure();
    this.draw();
  }

  draw() {
    const { status } = this.sound;
    this.listen.hidden = !["blocked", "taken", "failed"].includes(status);
    setText(this.listenLabel, this.words(status === "taken" ? "sound_here" : "listen"));
    this.leaveStage.hidden = !this.isOnStage;
    this.microphone.hidden = !this.isOnStage || !["on", "blocked"].includes(status);
    this.microphone.setAttribute("aria-pressed", String(this.isOn));
    const label = this.words(this.isOn ? "mic_turn_off" : "mic_turn_on");
    this.microphone.replaceChildren(icon(this.isOn ? "mic" : "mic-off"), label);
    this.level.hidden = !this.isOn;
    if (!this.isOn) this.choice.hidden = true;
  }

  async offerDevices() {
    const devices = await this.sound.microphones();
    this.choice.hidden = devices.length < 2;
    const option = ({ deviceId, label }, number) => {
      const name = label || `${this.words("mic_default")} ${number + 1}`;
      return element("option", { value: deviceId, selected: deviceId === this.sound.device }, name);
    };
    this.devices.replaceChildren(...devices.map(option));
  }

  /** Shows how loud the microphone is for as long as it is on. */
  measure() {
    const track = this.sound.track;
    if (!track) return;
    const context = new AudioContext();
    const meter = context.createAnalyser();
    meter.fftSize = 256;
    context.createMediaStreamSource(new MediaStream([track])).connect(meter);
    const samples = new Float32Array(meter.fftSize);
    const look = () => {
      if (!this.isOn) return context.close();
      meter.getFloatTimeDomainData(samples);
      const power = samples.reduce((sum, sample) => sum + sample * sample, 0) / samples.length;
      this.level.value = Math.min(1, Math.sqrt(power) * 4);
      setTimeout(look, 100);
    };
    look();
  }

  told(word) {
    setText(this.line, this.words(word));
  }
}
