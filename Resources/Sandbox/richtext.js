// Turns a text with Telegram's entities into elements.

import { el } from "./dom.js";

/**
 * The text as nodes. Offsets of entities count UTF-16 units, as JavaScript does.
 * `open` is called with an address when a link is followed, `say` with a command that is tapped.
 */
export function richText(text, entities, { open, say }) {
  const sorted = [...(entities ?? [])].sort((one, other) => one.offset - other.offset || other.length - one.length);
  return stretch(text, 0, text.length, sorted, { open, say });
}

function stretch(text, start, end, entities, actions) {
  const nodes = [];
  let position = start;
  let index = 0;
  while (index < entities.length) {
    const entity = entities[index];
    const first = Math.max(entity.offset, position);
    const last = Math.min(entity.offset + entity.length, end);
    let next = index + 1;
    while (next < entities.length && entities[next].offset < last) next += 1;
    if (first < last) {
      if (first > position) nodes.push(text.slice(position, first));
      const inside = stretch(text, first, last, entities.slice(index + 1, next), actions);
      nodes.push(wrap(entity, text.slice(first, last), inside, actions));
      position = last;
    }
    index = next;
  }
  if (position < end) nodes.push(text.slice(position, end));
  return nodes;
}

function wrap(entity, text, children, { open, say }) {
  switch (entity.type) {
    case "bold": return el("strong", {}, children);
    case "italic": return el("em", {}, children);
    case "underline": return el("u", {}, children);
    case "strikethrough": return el("s", {}, children);
    case "code": return el("code", {}, children);
    case "pre": return el("pre", {}, children);
    case "blockquote": case "expandable_blockquote": return el("blockquote", {}, children);
    case "spoiler": {
      const cover = el("button", { type: "button", class: "spoiler", "aria-label": "Show the spoiler" }, children);
      cover.addEventListener("click", () => cover.classList.add("is-open"));
      return cover;
    }
    case "text_link": return link(entity.url, children, open);
    case "url": return link(text.includes("://") ? text : `http://${text}`, children, open);
    case "email": return el("a", { href: `mailto:${text}` }, children);
    case "bot_command":
      return el("button", { type: "button", class: "inline-link", onclick: () => say(text) }, children);
    case "hashtag": case "mention": case "text_mention": return el("span", { class: "tag" }, children);
    default: return el("span", {}, children);
  }
}

function link(address, children, open) {
  const isWeb = /^https?:\/\//i.test(address);
  return el("a", {
    href: isWeb ? address : "#",
    target: "_blank",
    rel: "noopener noreferrer",
    onclick: (event) => { if (open(address)) event.preventDefault(); },
  }, children);
}
