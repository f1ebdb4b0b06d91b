// Small building blocks of the page: elements, icons, times and sizes.

/** Makes an element. Properties that begin with `on` are listeners; `null` and `false` children are left out. */
export function el(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (key === "class") element.className = value;
    else if (key in element && typeof value !== "string") element[key] = value;
    else element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const paths = {
  back: "M15 5l-7 7 7 7",
  more: "M12 5.5v.01M12 12v.01M12 18.5v.01",
  send: "M4 12l16-7-6 15-3-6z",
  attach: "M19 11l-7.5 7.5a4.5 4.5 0 0 1-6.4-6.4L13 4.3a3 3 0 0 1 4.3 4.3L9.8 16a1.5 1.5 0 0 1-2.1-2.1L14 7.6",
  microphone: "M12 4a2.5 2.5 0 0 1 2.5 2.5v5a2.5 2.5 0 0 1-5 0v-5A2.5 2.5 0 0 1 12 4z"
    + "M6.5 11.5a5.5 5.5 0 0 0 11 0M12 17v3",
  play: "M8 5.5v13l11-6.5z",
  pause: "M8 5.5v13M16 5.5v13",
  stop: "M7 7h10v10H7z",
  close: "M6 6l12 12M18 6L6 18",
  file: "M7 3.5h7l4 4v13H7zM14 3.5v4h4",
  slash: "M14.5 5l-5 14",
  pin: "M9 4h6l-1 6 3 3H7l3-3zM12 13v7",
};

/** A line icon of the page's set; purely decorative, its button carries the name. */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("class", `icon icon-${name}`);
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", paths[name]);
  svg.append(path);
  return svg;
}

/** A round button that shows an icon; its label is its name for screen readers and its tip. */
export function iconButton(name, label, onclick, properties = {}) {
  const { class: more = "", ...others } = properties;
  return el(
    "button",
    { type: "button", class: `icon-button ${more}`, "aria-label": label, title: label, onclick, ...others },
    icon(name),
  );
}

/** A round picture with the first letters of a name, in a colour that follows from the id. */
export function avatar(name, id, size = "") {
  const letters = name.split(/\s+/).map((word) => word[0] ?? "").slice(0, 2).join("").toUpperCase();
  return el("span", { class: `avatar ${tone(id)} ${size}`, "aria-hidden": "true" }, letters);
}

/** The class of one of seven colours, always the same for an id. */
export function tone(id) {
  return `tone-${[...String(id)].reduce((sum, digit) => sum * 31 + digit.charCodeAt(0), 7) % 7}`;
}

/** `14:05`. */
export function clockTime(seconds) {
  return new Date(seconds * 1000).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

/** `Today`, `Yesterday`, or the date. */
export function dayName(seconds) {
  const day = new Date(seconds * 1000);
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(day).setHours(0, 0, 0, 0)) / 86_400_000);
  if (days === 0) return "Today";
  if (days === 1) return "Yesterday";
  return day.toLocaleDateString([], { day: "numeric", month: "long", year: days > 300 ? "numeric" : undefined });
}

/** `1:07` of a number of seconds. */
export function playTime(seconds) {
  const whole = Math.max(0, Math.round(Number.isFinite(seconds) ? seconds : 0));
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

/** `1.4 MB` of a number of bytes. */
export function fileSize(bytes) {
  if (bytes < 1000) return `${bytes} B`;
  if (bytes < 999_500) return `${Math.round(bytes / 1000)} KB`;
  return `${(bytes / 1_000_000).toFixed(1)} MB`;
}
