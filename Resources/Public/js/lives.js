// Takes answers to shows without loading the page anew: the form is sent as it is, and of the page that comes back only
// the show's own answer is put in place.

const status = document.querySelector("[data-status]");

/** Sends the form; returns the page that comes back, or null where the session has ended. */
const send = async (form, button) => {
  const fields = new URLSearchParams(new FormData(form));
  fields.append(button.name, button.value);
  const answer = await fetch(form.action, { method: "POST", body: fields, headers: { Accept: "text/html" } });
  if (new URL(answer.url).pathname === "/login") return null;
  return { isTaken: answer.ok, page: new DOMParser().parseFromString(await answer.text(), "text/html") };
};

const take = async (form, button) => {
  const show = form.closest("[data-show]");
  form.setAttribute("aria-busy", "true");
  status.textContent = "";
  try {
    const sent = await send(form, button);
    if (!sent) return location.reload();
    const fresh = sent.page.getElementById(show.id)?.querySelector("[data-answer]");
    if (!sent.isTaken || !fresh) {
      const trouble = sent.page.querySelector("main [role=alert], main .lead")?.textContent;
      throw new Error(trouble ?? status.dataset.failed);
    }
    show.querySelector("[data-answer]").replaceWith(fresh);
    fresh.querySelector(`button[name=${button.name}]`)?.focus();
    status.textContent = status.dataset.saved;
    status.className = "visually-hidden";
  } catch (error) {
    form.removeAttribute("aria-busy");
    status.textContent = error instanceof TypeError ? status.dataset.failed : error.message;
    status.className = "notice";
    status.scrollIntoView({ block: "center" });
  }
};

document.addEventListener("submit", (event) => {
  const form = event.target.closest("[data-rsvp]");
  if (!form || !event.submitter) return;
  event.preventDefault();
  if (form.getAttribute("aria-busy") !== "true") take(form, event.submitter);
});
