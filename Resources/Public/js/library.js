// Shows on each episode of the library how far one has listened in this browser.

const position = (recording) => {
  try {
    return JSON.parse(localStorage.getItem(`fomo.position.${recording}`)) ?? null;
  } catch {
    return null;
  }
};

/** The share of an episode that was heard, from 0 to 1, or null where it was never begun. */
const share = (recordings) => {
  const known = recordings.map(position).filter((entry) => entry?.length > 0);
  if (known.length === 0) return null;
  const heard = known.reduce((sum, entry) => sum + Math.min(entry.position, entry.length), 0);
  const length = known.reduce((sum, entry) => sum + entry.length, 0);
  return (heard / length) * (known.length / recordings.length);
};

for (const article of document.querySelectorAll("[data-recordings]")) {
  const heard = share(article.dataset.recordings.split(" ").filter(Boolean));
  const line = article.querySelector("[data-heard]");
  if (heard === null || heard < 0.005 || !line) continue;
  const percent = Math.min(100, Math.round(heard * 100));
  const label = line.querySelector(".heard-label");
  const bar = line.querySelector("progress");
  label.textContent = `${label.textContent} ${percent}%`;
  bar.value = percent / 100;
  bar.setAttribute("aria-label", label.textContent);
  line.hidden = false;
}
