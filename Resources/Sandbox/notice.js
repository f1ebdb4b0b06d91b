// Short notices, questions and menus.

import { el } from "./dom.js";

/** Shows a line for some seconds. */
export function toast(text, kind = "info") {
  const note = el("div", { class: `toast toast-${kind}` }, text);
  document.getElementById("toasts").append(note);
  setTimeout(() => note.remove(), 4500);
}

/** Runs an action of the person and shows what goes wrong. */
export async function attempt(action) {
  try {
    return await action();
  } catch (error) {
    if (error.name !== "AbortError") toast(error.message, "error");
    return null;
  }
}

/** Shows a text that has to be closed, as a bot's alert. */
export function alertBox(text) {
  const dialog = el(
    "dialog",
    { class: "dialog", onclose: () => dialog.remove() },
    el("p", {}, text),
    el("div", { class: "dialog-actions" }, el("button", { type: "button", onclick: () => dialog.close() }, "OK")),
  );
  show(dialog);
}

/** Asks a question; resolves to true when the person agrees. */
export function confirmBox(text, action) {
  return new Promise((resolve) => {
    const close = (value) => { resolve(value); dialog.close(); };
    const dialog = el(
      "dialog",
      { class: "dialog", onclose: () => { resolve(false); dialog.remove(); } },
      el("p", {}, text),
      el(
        "div",
        { class: "dialog-actions" },
        el("button", { type: "button", onclick: () => close(false) }, "Cancel"),
        el("button", { type: "button", class: "danger", onclick: () => close(true) }, action),
      ),
    );
    show(dialog);
  });
}

/** Asks for a text; resolves to null when the person does not want to. */
export function promptBox(title, value, { action = "Save", rows = 4, placeholder = "" } = {}) {
  return new Promise((resolve) => {
    const field = el("textarea", { rows: String(rows), placeholder, "aria-label": title });
    field.value = value;
    const close = (result) => { resolve(result); dialog.close(); };
    field.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) close(field.value);
    });
    const dialog = el(
      "dialog",
      { class: "dialog", onclose: () => { resolve(null); dialog.remove(); } },
      el("h2", {}, title),
      field,
      el(
        "div",
        { class: "dialog-actions" },
        el("button", { type: "button", onclick: () => close(null) }, "Cancel"),
        el("button", { type: "button", class: "primary", onclick: () => close(field.value) }, action),
      ),
    );
    show(dialog);
    field.select();
  });
}

/** Opens a menu below a button. Items are `{label, action, danger?}`. */
export function menu(button, items) {
  const list = el(
    "div",
    { class: "menu", role: "menu", popover: "auto" },
    items.map((item) =>
      el("button", {
        type: "button",
        role: "menuitem",
        class: item.danger ? "danger" : "",
        onclick: () => { list.hidePopover(); item.action(button); },
      }, item.label)),
  );
  list.addEventListener("toggle", (event) => {
    if (event.newState === "closed") { list.remove(); button.setAttribute("aria-expanded", "false"); }
  });
  list.addEventListener("keydown", (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const entries = [...list.children];
    entries[(entries.indexOf(document.activeElement) + step + entries.length) % entries.length].focus();
  });
  document.body.append(list);
  list.showPopover();
  const place = button.getBoundingClientRect();
  const top = place.bottom + list.offsetHeight + 8 > innerHeight ? place.top - list.offsetHeight - 4 : place.bottom + 4;
  list.style.top = `${Math.max(8, top)}px`;
  const isLeft = place.left < innerWidth / 2 && place.left + list.offsetWidth + 8 <= innerWidth;
  list.style.left = `${Math.max(8, isLeft ? place.left : place.right - list.offsetWidth)}px`;
  button.setAttribute("aria-expanded", "true");
  list.firstElementChild?.focus();
}

/** Opens a dialog, which a click beside it closes. */
export function show(dialog) {
  document.body.append(dialog);
  dialog.addEventListener("click", (event) => { if (event.target === dialog) dialog.close(); });
  dialog.showModal();
}
