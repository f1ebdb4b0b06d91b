// The room's page: what is heard changes the state, and each part of the page shows its share of it.

import { Actions } from "./actions.js";
import { Audio } from "./audio.js";
import { Chat } from "./chat.js";
import { Commands } from "./commands.js";
import { Composer } from "./composer.js";
import { Connection } from "./connection.js";
import { setText, wordsOf } from "./dom.js";
import { Hands } from "./hands.js";
import { Head } from "./head.js";
import { HostDesk } from "./host.js";
import { Outbox } from "./outbox.js";
import { Reactions } from "./reactions.js";
import { emptyRoom, reduce } from "./room-state.js";
import { Notice, Sheet } from "./sheet.js";
import { Stage } from "./stage.js";

/** Everybody's page is loaded anew when a show ends: not all at once. */
const END_PAUSE = 1_500;
const END_SPREAD = 3_000;

const root = document.querySelector("[data-room]");
const { session, zone } = root.dataset;
const language = document.documentElement.lang;
const words = wordsOf(root);
const notice = new Notice(root);
const sheet = new Sheet(root, words);
const head = new Head(root, words, { again: () => connection.open() });
let state = emptyRoom(root.dataset.phase);
const current = () => state;

/** What is typed and not sent survives a reload, within this visit. */
const draft = {
  key: `fomo.draft.${session}`,
  read() {
    try {
      return sessionStorage.getItem(this.key) ?? "";
    } catch {
      return "";
    }
  },
  write(text) {
    try {
      sessionStorage.setItem(this.key, text);
    } catch {
      // Without storage, it lives as long as the page.
    }
  },
};

const device = () => {
  try {
    if (sessionStorage.getItem("fomo.miniapp") !== null) return "mini_app";
  } catch {
    // Without storage, nobody knows.
  }
  return matchMedia("(pointer: coarse)").matches ? "phone" : "browser";
};

const connection = new Connection({
  session,
  device: device(),
  place: () => (state.isKnown ? { seq: state.seq, epoch: state.epoch } : null),
  heard: (frame) => hear(frame),
  changed: (status, detail) => connectionChanged(status, detail),
});
const commands = new Commands({ connection, state: current, failed: () => notice.say(words("failed")) });
const send = (command) => commands.say(command);
const outbox = new Outbox({ connection, state: current, dispatch: (frame) => dispatch(frame) });
const actions = new Actions({ words, sheet, send, state: current });
const stage = new Stage(root, {
  words,
  language,
  actions,
  support: (id) => send({ type: "support", target_user_id: id }),
});
const composer = new Composer(root, {
  words,
  state: current,
  draft,
  say: (text, isQuestion) => outbox.say(text, isQuestion),
});
const audio = new Audio(root, { words, session, stage, send, sheet, notice });
const chat = new Chat(root, {
  words,
  zone,
  language,
  actions,
  again: (id) => outbox.again(id),
  drop: (id) => outbox.drop(id),
});
const pinned = {
  part: root.querySelector("[data-pinned]"),
  text: root.querySelector("[data-pinned-text]"),
  update({ pinned: message }) {
    this.part.hidden = !message;
    setText(this.text, message?.text ?? "");
  },
};
const parts = [
  pinned,
  stage,
  new Hands(root, { words, send, actions, notice }),
  new HostDesk(root, { words, session, send, sheet, notice }),
  new Reactions(root, { send: (command) => connection.send(command) }),
  chat,
  composer,
  audio,
  // The room is shown when all is in it, so that what was said before is not read aloud as news.
  head,
];

const dispatch = (frame) => {
  const before = state;
  state = reduce(state, frame);
  for (const part of parts) part.update(state, before, frame);
};

const hear = (frame) => {
  const phase = state.phase;
  dispatch(frame);
  outbox.hear(frame);
  if (frame.type === "room_state" || frame.type === "resumed") comeBack();
  if (frame.type === "error") complain(frame);
  if (frame.type === "supported") thank(frame);
  if (phase === "waiting" && state.phase === "live") notice.say(words("started"));
  if (state.phase === "over") end();
};

/** What could not be said is said again, once what was missed is heard: the room may have it already. */
const comeBack = () => {
  if (!commands.isWaiting && outbox.waiting.length === 0) return;
  connection.check(() => {
    outbox.repeat();
    commands.repeat();
  });
};

/** What was refused is said where it was done: a message's fault in the chat, slow mode beside the field. */
const complain = (error) => {
  if (error.code === "slow_mode") composer.wait(error.retry_after_ms ?? 0);
  else if (!error.client_id && error.of !== "reaction") notice.say(error.message);
};

/** A thank is told to whom it is for and whom it is from. */
const thank = ({ user_id, by, count = 1 }) => {
  const nameOf = (id) =>
    [...state.stage, ...state.hands, ...state.messages].find((known) => known.user_id === id)?.name ?? words("somebody");
  if (user_id === state.you?.user_id) {
    const word = count > 1 ? "thanked_you_all" : "thanked_you";
    notice.say(words(word, { by: nameOf(by), count: count - 1 }));
  }
  if (by === state.you?.user_id) notice.say(words("thanked", { name: nameOf(user_id) }));
};

const end = () => {
  if (!root.dataset.isOver) {
    root.dataset.isOver = "true";
    audio.leave();
    head.close("over");
    setTimeout(() => location.reload(), END_PAUSE + Math.random() * END_SPREAD);
  }
};

const connectionChanged = (status, detail) => {
  head.connection(status, detail);
  if (status === "over") return end();
  if (!["removed", "signed_out", "refused"].includes(status)) return;
  audio.leave();
  const signIn = { address: `/login?next=${encodeURIComponent(location.pathname)}`, label: words("sign_in") };
  head.close(status, detail, status === "signed_out" ? signIn : null);
};

for (const button of root.querySelectorAll("[data-show-part]")) {
  button.addEventListener("click", () => {
    root.dataset.part = button.dataset.showPart;
    for (const other of root.querySelectorAll("[data-show-part]")) {
      other.setAttribute("aria-pressed", String(other === button));
    }
  });
}

connection.start();
