// Small means to build what the room shows. Text only ever becomes text, never markup.

const SVG = "http://www.w3.org/2000/svg";

/** An element. Of `attributes`, functions are heard as events, `true` is an empty attribute, null and false none. */
export const element = (name, attributes = {}, ...children) => {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === "function") made.addEventListener(key, value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== null && value !== undefined && value !== false) made.setAttribute(key, value);
  }
  made.append(...children.filter((child) => child !== null && child !== undefined));
  return made;
};

/** A drawing of the page's own set; see room-icons. */
export const icon = (name) => {
  const svg = document.createElementNS(SVG, "svg");
  const attributes = { class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true", focusable: "false" };
  for (const [key, value] of Object.entries(attributes)) svg.setAttribute(key, value);
  const use = document.createElementNS(SVG, "use");
  use.setAttribute("href", `#icon-${name}`);
  svg.append(use);
  return svg;
};

export const hiddenText = (text) => element("span", { class: "visually-hidden" }, text);

/** Up to two letters of a name, as people see letters. */
export const initials = (name, language) => {
  const letters = new Intl.Segmenter(language);
  const words = name.trim().split(/\s+/).filter(Boolean);
  const first = (word) => letters.segment(word)[Symbol.iterator]().next().value?.segment ?? "";
  return [words[0], words.length > 1 ? words.at(-1) : null].filter(Boolean).map(first).join("").toUpperCase() || "?";
};

/** Sets a text only where it differs, so that nothing is read aloud twice. */
export const setText = (place, text) => {
  if (place.textContent !== text) place.textContent = text;
};

/** Minutes and seconds of so many milliseconds, rounded up: `1:05`. */
export const clockText = (milliseconds) => {
  const seconds = Math.max(0, Math.ceil(milliseconds / 1000));
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

/** The page's words by their names; `{name}` in them is filled from `values`. */
export const wordsOf = (root) => {
  const words = JSON.parse(root.dataset.words);
  return (name, values = {}) => (words[name] ?? name).replace(/\{([a-z_]+)\}/g, (hole, key) => values[key] ?? hole);
};
