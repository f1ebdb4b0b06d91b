// Coming into groups and channels and going, choosing a chat, and a person's language.

import { api } from "./api.js";
import { el } from "./dom.js";
import { attempt, confirmBox, promptBox, show, toast } from "./notice.js";

const languages = { en: "English", ru: "Русский", de: "Deutsch", es: "Español", fr: "Français", uk: "Українська" };

/** Asks for one of several chats; resolves to null when the person does not want any. */
export function chooseChat(title, chats) {
  return chooseFrom(title, chats.map((chat) => ({ label: chat.title, value: chat })), "There is no such chat.");
}

/** Follows an invite link and says what came of it. */
export async function follow(person, link) {
  const result = await attempt(() => api.join({ as: person.id, link }));
  if (!result) return;
  const { title } = result.chat;
  toast(result.joined ? `You are in “${title}” now.` : `You asked to join “${title}”.`);
}

/** Asks for an invite link and follows it. */
export async function askLink(person) {
  const link = await promptBox("Join by an invite link", "", {
    action: "Join", rows: 1, placeholder: "https://t.me/+…",
  });
  if (link?.trim()) await follow(person, link.trim());
}

/** Shows the groups and channels in which the person is not, to be joined or to be asked for. */
export async function findRooms(person, joined) {
  const state = await attempt(() => api.state());
  if (!state) return;
  const rooms = state.chats.filter((room) => !joined.includes(room.id));
  const options = rooms.flatMap((room) => [
    { label: `Join ${room.title}`, detail: room.type, value: { room, asks: false } },
    { label: `Ask to join ${room.title}`, detail: "an admin decides", value: { room, asks: true } },
  ]);
  const choice = await chooseFrom("Groups and channels", options, "You are in all of them.");
  if (!choice) return;
  const { room, asks } = choice;
  const done = await attempt(() => asks
    ? api.askToJoin(room.id, { as: person.id })
    : api.setMember(room.id, { user: person.id, status: "member" }));
  if (done) toast(asks ? `You asked to join “${room.title}”.` : `You are in “${room.title}” now.`);
}

/** Leaves a group or channel, when the person is sure. */
export async function leave(person, chat) {
  if (!(await confirmBox(`Leave “${chat.title}”?`, "Leave"))) return;
  await attempt(() => api.setMember(chat.id, { user: person.id, status: "left" }));
}

/** Asks for another language of the person's app; resolves to the changed person. */
export async function changeLanguage(person) {
  const options = Object.entries(languages).map(([value, label]) => ({
    label, detail: value === person.language_code ? "now" : value, value,
  }));
  const code = await chooseFrom(`${person.first_name}’s language`, options, "");
  if (!code) return null;
  return attempt(() => api.changePerson({ ...person, language_code: code }));
}

function chooseFrom(title, options, nothing) {
  return new Promise((resolve) => {
    const close = (value) => { resolve(value); dialog.close(); };
    const dialog = el(
      "dialog",
      { class: "dialog", "aria-label": title, onclose: () => { resolve(null); dialog.remove(); } },
      el("h2", {}, title),
      options.length === 0 && el("p", {}, nothing),
      el("div", { class: "choices" }, options.map((option) =>
        el(
          "button", { type: "button", class: "choice", onclick: () => close(option.value) },
          el("span", { dir: "auto" }, option.label), option.detail && el("small", {}, option.detail),
        ))),
      el("div", { class: "dialog-actions" },
        el("button", { type: "button", onclick: () => close(null) }, "Cancel")),
    );
    show(dialog);
  });
}
