// Lets the waiting page ask by itself whether the sign-in was confirmed, and go on when it was.

const PAUSE = 2000;

const page = document.querySelector("[data-waiting]");
const status = page.querySelector("[data-status]");
const manual = page.querySelector("[data-manual]");
const expiresAt = Number(page.dataset.expires);

const stop = (text) => {
  page.classList.remove("is-waiting");
  status.textContent = text;
  page.querySelector("[data-again]").focus();
};

const expired = () => stop(status.dataset.expiredText);

const ask = async () => {
  if (Date.now() > expiresAt) return expired();
  let answer = null;
  try {
    answer = await fetch("/api/auth/link/redeem", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ poll: page.dataset.poll }),
    });
  } catch {
    // The network is away for a moment: ask again.
  }
  if (answer?.status === 200) return location.replace(page.dataset.next);
  if (answer?.status === 410) return expired();
  if (answer && answer.status !== 202 && answer.status !== 429 && answer.status < 500) {
    const failure = await answer.json().catch(() => null);
    return stop(failure?.error?.message ?? status.dataset.expiredText);
  }
  const patience = Number(answer?.headers.get("Retry-After") ?? 0) * 1000;
  setTimeout(ask, Math.max(PAUSE, patience));
};

manual.hidden = true;
page.classList.add("is-waiting");
status.textContent = status.dataset.waitingText;
// Back from the messenger, nobody likes to wait for the next turn.
setTimeout(ask, PAUSE);
