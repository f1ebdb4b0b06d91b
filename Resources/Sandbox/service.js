// What messages say that nobody wrote, and a line for every other.

import { playTime } from "./dom.js";

const notices = {
  pinned_message: (pinned) => `Pinned “${shorten(summary(pinned))}”`,
  new_chat_members: (people) => `${names(people)} joined`,
  left_chat_member: (person) => `${person.first_name} left`,
  new_chat_title: (title) => `The title is now “${title}”`,
  delete_chat_photo: () => "The picture was removed",
  group_chat_created: () => "The group was created",
  supergroup_chat_created: () => "The group was created",
  channel_chat_created: () => "The channel was created",
  message_auto_delete_timer_changed: (timer) =>
    timer.message_auto_delete_time ? "Messages are deleted after a while from now on" : "Messages stay from now on",
  video_chat_scheduled: () => "A video chat was scheduled",
  video_chat_started: () => "A video chat began",
  video_chat_ended: (chat) => `The video chat is over (${playTime(chat.duration ?? 0)})`,
  video_chat_participants_invited: (invited) => `${names(invited.users ?? [])} invited to the video chat`,
  migrate_to_chat_id: () => "The group became a supergroup",
  migrate_from_chat_id: () => "This was a group before",
  proximity_alert_triggered: () => "Somebody is near",
  boost_added: () => "The chat was boosted",
  forum_topic_created: (topic) => `The topic “${topic.name}” was opened`,
  forum_topic_closed: () => "The topic was closed",
  forum_topic_reopened: () => "The topic was opened again",
  write_access_allowed: () => "The bot may write now",
  chat_background_set: () => "The background was changed",
};

/** Whether nobody wrote it. */
export function isService(message) {
  return Object.keys(notices).some((name) => message[name] !== undefined);
}

/** A line that says what a message is, for the list of chats, for replies and for notices. */
export function summary(message) {
  if (message.text) return message.text;
  for (const [name, words] of Object.entries(notices)) {
    if (message[name] !== undefined) return words(message[name]);
  }
  const media = mediaName(message);
  return message.caption ? `${media}: ${message.caption}` : media;
}

/** What a message holds, in a word or by its name. */
export function mediaName(message) {
  const { voice, audio, video, video_note: note, animation, document: file, sticker, venue, contact, dice } = message;
  if (voice) return `Voice message, ${playTime(voice.duration)}`;
  if (audio) return [audio.performer, audio.title ?? audio.file_name].filter(Boolean).join(" – ") || "Audio";
  if (video) return video.file_name ? `Video ${video.file_name}` : "Video";
  if (note) return `Video message, ${playTime(note.duration)}`;
  if (animation) return "GIF";
  if (file) return file.file_name ?? "File";
  if (message.photo) return "Photo";
  if (sticker) return `Sticker ${sticker.emoji ?? ""}`.trim();
  if (venue) return `Place: ${venue.title}`;
  if (message.location) return "Place";
  if (contact) return `Contact: ${contact.first_name}`;
  if (dice) return `${dice.emoji} ${dice.value}`;
  return "A message that this page cannot show";
}

function names(people) {
  return people.map((person) => person.first_name).join(", ");
}

function shorten(text) {
  return text.length > 60 ? `${text.slice(0, 59)}…` : text;
}
