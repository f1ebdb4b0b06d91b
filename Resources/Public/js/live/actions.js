// What one may do about a message or a person, by one's part in the show; asked about first where it hurts.

import { isModerator } from "./room-state.js";

const RANKS = { member: 0, co_host: 1, host: 2, admin: 3 };

export class Actions {
  constructor({ words, sheet, send, state }) {
    Object.assign(this, { words, sheet, send, state });
  }

  forMessage(message, state) {
    const isOwn = message.user_id === state.you?.user_id;
    const runs = isModerator(state);
    const choices = [];
    if (runs) choices.push(this.choice("pin_this", { type: "pin", text: [...message.text].slice(0, 500).join("") }));
    if (isOwn || runs) choices.push(this.choice("delete", { type: "delete_message", message_id: message.id }));
    return isOwn ? choices : [...choices, ...this.forPerson(message, state)];
  }

  /** About a raised hand: also what it wants to speak about can be taken away. */
  forHand(hand, state) {
    const mayDelete = hand.topic_id && (isModerator(state) || hand.user_id === state.you?.user_id);
    const topic = this.choice("delete_topic", { type: "delete_message", message_id: hand.topic_id });
    return [...(mayDelete ? [topic] : []), ...this.forPerson(hand, state)];
  }

  forPerson(person, state) {
    const { user_id: id, name } = person;
    if (!isModerator(state) || id === state.you.user_id) return [];
    const isOnStage = state.stage.some(({ user_id }) => user_id === id);
    const isInvited = state.invitations.some(({ user_id }) => user_id === id);
    const hasHand = state.hands.some(({ user_id }) => user_id === id);
    const about = { target_user_id: id };
    const choices = [];
    if (isOnStage) {
      choices.push(this.choice("mute", { type: "mute", ...about }, { ask: "mute_ask", text: "mute_text", name }));
    } else if (!isInvited) choices.push(this.choice("invite", { type: "promote", ...about }));
    if (this.outranks(state, id)) {
      if (isOnStage) choices.push(this.choice("demote", { type: "demote", ...about }, { ask: "demote_ask", name }));
      if (hasHand) choices.push(this.choice("lower_hand", { type: "demote", ...about }));
      choices.push(this.choice("kick", { type: "kick", ...about }, { ask: "kick_ask", text: "kick_text", name }));
    }
    return choices;
  }

  offerMessage(message) {
    this.sheet.offer(message.name, message.text.slice(0, 140), this.forMessage(message, this.state()));
  }

  offerHand(hand) {
    this.sheet.offer(hand.name, hand.topic ?? null, this.forHand(hand, this.state()));
  }

  offerPerson(person) {
    this.sheet.offer(person.name, null, this.forPerson(person, this.state()));
  }

  choice(label, command, question) {
    return { label: this.words(label), act: () => this.act(label, command, question) };
  }

  async act(label, command, question) {
    if (question) {
      const text = question.text ? this.words(question.text) : null;
      if (!(await this.sheet.ask(this.words(question.ask, { name: question.name }), text, this.words(label)))) return;
    }
    this.send(command);
  }

  /** As far as the page knows ranks; the server decides. */
  outranks(state, id) {
    const rank = id === state.crew.host ? RANKS.host : state.crew.co_hosts.includes(id) ? RANKS.co_host : RANKS.member;
    return RANKS[state.you.role] > rank;
  }
}
