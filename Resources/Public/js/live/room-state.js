// What the room is, as far as this page knows: a pure function of what was heard. See docs/room-protocol.md.

/** How many messages the page keeps. */
const KEPT = 300;
const NUMBERED = new Set([
  "chat_message", "chat_deleted", "hand_raised_update", "user_invited", "invite_ended", "user_promoted", "user_demoted",
  "pinned", "chat_mode", "session_started", "session_ended",
]);

export const emptyRoom = (phase) => ({
  isKnown: false,
  epoch: null,
  seq: 0,
  phase,
  host: null,
  crew: { host: null, co_hosts: [] },
  messages: [],
  /** Own messages on their way: `client_id, text, isQuestion, isHeld` (by slow mode), `at`, `fault` if it was refused. */
  outgoing: [],
  stage: [],
  hands: [],
  handCount: 0,
  handPolicy: "everyone",
  invitations: [],
  pinned: null,
  chatMode: "everyone",
  slowSeconds: 0,
  reactions: [],
  stats: null,
  you: null,
});

/** Whether the reader runs the show. */
export const isModerator = (state) => ["host", "co_host", "admin"].includes(state.you?.role);

/** Whether the room's rules let the reader write. */
export const mayWrite = (state) => {
  if (!state.you || state.phase !== "live" || state.chatMode === "off") return false;
  if (isModerator(state) || state.chatMode === "everyone") return true;
  const level = /^level:(\d+)$/.exec(state.chatMode);
  return level !== null && state.you.level >= Number(level[1]);
};

/** Whether the reader may raise a hand, as far as the show's policy goes. */
export const mayRaise = (state) => {
  if (state.handPolicy === "everyone" || isModerator(state)) return state.handPolicy !== "off";
  const level = /^level:(\d+)$/.exec(state.handPolicy);
  return level !== null && state.you?.level >= Number(level[1]);
};

/** The room after a frame. Frames with a number that was passed change nothing but what is on its way. */
export const reduce = (state, frame) => {
  if (frame.type === "room_state") return entered(state, frame);
  if (NUMBERED.has(frame.type)) {
    // The queue is told whole, under the number of the event that changed it, which comes first.
    const isPast = frame.type === "hand_raised_update" ? frame.seq < state.seq : frame.seq <= state.seq;
    if (isPast) return frame.type === "chat_message" ? arrived(state, frame.message) : state;
    return { ...apply(state, frame), seq: frame.seq };
  }
  return apply(state, frame);
};

const entered = (state, frame) => ({
  ...state,
  isKnown: true,
  epoch: frame.epoch,
  seq: frame.seq,
  phase: frame.phase,
  host: frame.host,
  crew: frame.crew,
  messages: frame.messages,
  outgoing: state.outgoing.filter(({ client_id }) => !frame.messages.some((known) => known.client_id === client_id)),
  stage: frame.stage,
  hands: frame.hands,
  handCount: frame.hand_count,
  handPolicy: frame.hand_policy,
  invitations: frame.invitations,
  pinned: frame.pinned ?? null,
  chatMode: frame.chat_mode,
  slowSeconds: frame.slow_seconds,
  reactions: frame.reactions,
  stats: frame.stats,
  you: frame.you,
});

const apply = (state, frame) => {
  switch (frame.type) {
    case "chat_message": return said(state, frame.message);
    case "chat_deleted": return deleted(state, frame.message_id);
    case "hand_raised_update": return handsChanged(state, frame);
    case "user_invited": return invited(state, frame.invitation);
    case "invite_ended": return placed(without(state, "invitations", frame.user_id), frame.user_id, "audience");
    case "user_promoted": return promoted(state, frame.user);
    case "user_demoted": return placed(without(state, "stage", frame.user_id), frame.user_id, "audience");
    case "pinned": return { ...state, pinned: frame.message ?? null };
    case "chat_mode": return { ...state, chatMode: frame.mode, slowSeconds: frame.slow_seconds };
    case "session_started": return ruled({ ...state, phase: "live" }, frame);
    case "session_ended": return { ...state, phase: "over" };
    case "presence": return { ...state, stats: frame.stats, host: frame.host ?? null };
    case "queue_position": return positioned(state, frame.position);
    case "crew": return ruled(state, frame);
    case "host_changed": return { ...state, host: frame.user_id };
    case "microphone": return heardFrom(state, frame.user_id, frame.is_on);
    case "local_say": return { ...state, outgoing: [...state.outgoing, frame.message] };
    case "local_drop": return { ...state, outgoing: state.outgoing.filter((own) => own.client_id !== frame.client_id) };
    case "local_hold": return onItsWay(state, frame.client_id, { isHeld: true });
    case "local_fault": return onItsWay(state, frame.client_id, { fault: frame.fault, isHeld: false });
    default: return state;
  }
};

/** A message that is there: no longer on its way. */
const arrived = (state, message) => ({
  ...state,
  outgoing: state.outgoing.filter((own) => !message.client_id || own.client_id !== message.client_id),
});

const said = (state, message) => {
  const rest = arrived(state, message);
  return { ...rest, messages: [...rest.messages, message].slice(-KEPT) };
};

/** Whether something that was written can be read: in the chat, above it, or with a hand. */
export const isWritten = ({ messages, pinned, hands }, id) =>
  messages.some((message) => message.id === id) || pinned?.id === id || hands.some(({ topic_id }) => topic_id === id);

/** Without what was deleted. A hand stays up without its topic. */
const deleted = (state, id) => {
  const bare = ({ topic, topic_id, ...hand }) => (topic_id === id ? hand : { ...hand, topic, topic_id });
  return {
    ...state,
    messages: state.messages.filter((message) => message.id !== id),
    pinned: state.pinned?.id === id ? null : state.pinned,
    hands: state.hands.some(({ topic_id }) => topic_id === id) ? state.hands.map(bare) : state.hands,
  };
};

const onItsWay = (state, id, change) => ({
  ...state,
  outgoing: state.outgoing.map((own) => (own.client_id === id ? { ...own, ...change } : own)),
});

const isOwn = (state, id) => state.you?.user_id === id;
const without = (state, list, id) => ({ ...state, [list]: state[list].filter(({ user_id }) => user_id !== id) });

const placed = (state, id, place, more = {}) => {
  if (!isOwn(state, id)) return state;
  const { position, until, ...you } = state.you;
  return { ...state, you: { ...you, place, ...more } };
};

const invited = (state, invitation) => {
  const others = without(state, "invitations", invitation.user_id);
  const next = { ...others, invitations: [...others.invitations, invitation] };
  return placed(next, invitation.user_id, "invited", { until: invitation.until });
};

const promoted = (state, user) => {
  const rest = without(without(state, "invitations", user.user_id), "stage", user.user_id);
  const next = { ...rest, stage: [...rest.stage, { microphone: false, ...user }] };
  return placed(next, user.user_id, "stage");
};

const handsChanged = (state, { hands, total }) => {
  const next = { ...state, hands, handCount: total };
  const index = hands.findIndex(({ user_id }) => isOwn(state, user_id));
  if (index >= 0) return positioned(next, index + 1);
  return total <= hands.length ? positioned(next, null) : next;
};

/** One's own place in the queue. Who came into it has spent one of their hands. */
const positioned = (state, position) => {
  if (!state.you) return state;
  const { place, user_id, hands_left } = state.you;
  if (!position) return place === "queue" ? placed(state, user_id, "audience") : state;
  const left = place === "queue" ? hands_left : Math.max(0, hands_left - 1);
  return placed(state, user_id, "queue", { position, hands_left: left });
};

const ruled = (state, { crew, hand_policy }) => {
  const next = { ...state, crew, handPolicy: hand_policy };
  if (!next.you || next.you.role === "admin") return next;
  const { user_id } = next.you;
  const role = crew.host === user_id ? "host" : crew.co_hosts.includes(user_id) ? "co_host" : "member";
  return { ...next, you: { ...next.you, role } };
};

const heardFrom = (state, id, isOn) => ({
  ...state,
  stage: state.stage.map((person) => (person.user_id === id ? { ...person, microphone: isOn } : person)),
});
