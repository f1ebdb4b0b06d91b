// What is asked of the room, by hand and by desk: a command is kept until the room has surely read it, and said again
// after a break unless it has happened, or has lost its sense, meanwhile.

import { isWritten } from "./room-state.js";

/** How many commands wait for the room's return, and for how long each. */
const KEPT = 20;
const KEPT_FOR = 60_000;

const has = (people, id) => people.some(({ user_id }) => user_id === id);

/** Whether a command that was said in `before` is still to be said in `now`; commands without an entry always are. */
const STILL_DUE = {
  hand_raise: ({ action }, before, { you }) =>
    action === "raise" ? you.place === "audience" && you.hands_left === before.you.hands_left : you.place === "queue",
  accept_invite: (_, before, { you }) => you.place === "invited" && you.until === before.you.until,
  decline_invite: (_, before, { you }) => you.place === "invited" && you.until === before.you.until,
  leave_stage: (_, before, { you }) => you.place === "stage",
  promote: ({ target_user_id: id }, _, { stage, invitations }) => !has(stage, id) && !has(invitations, id),
  demote: ({ target_user_id: id }, _, { stage, invitations, hands }) => has([...stage, ...invitations, ...hands], id),
  mute: ({ target_user_id: id }, _, { stage }) => has(stage, id),
  // Whoever was to be called, or all that were to be lowered, are those whom one saw.
  next_hand: (_, before, { hands }) => hands.length > 0 && hands[0].user_id === before.hands[0]?.user_id,
  lower_all: (_, before, { hands }) => hands.length > 0 && hands[0].user_id === before.hands[0]?.user_id,
  delete_message: ({ message_id: id }, _, state) => isWritten(state, id),
};

export class Commands {
  /** `state()`: the room; `failed()`: something could not be said in time. */
  constructor({ connection, state, failed }) {
    Object.assign(this, { connection, state, failed });
    this.kept = [];
  }

  get isWaiting() {
    return this.kept.length > 0;
  }

  /** Says it now, or as soon as one is back in the room. */
  say(command) {
    const asked = { command, before: this.state(), at: Date.now() };
    this.kept = [...this.kept, asked].slice(-KEPT);
    this.speak([asked]);
  }

  /** To be called in the room, when all is heard that was missed. */
  repeat() {
    const state = this.state();
    const isDue = ({ command, before }) => STILL_DUE[command.type]?.(command, before, state) ?? true;
    const due = this.kept.filter(isDue);
    this.kept = due.filter(({ at }) => Date.now() - at < KEPT_FOR);
    if (this.kept.length < due.length) this.failed();
    this.speak(this.kept);
  }

  speak(all) {
    if (all.length === 0 || !all.every(({ command }) => this.connection.send(command))) return;
    this.connection.check(() => {
      this.kept = this.kept.filter((asked) => !all.includes(asked));
    });
  }
}
