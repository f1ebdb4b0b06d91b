// The bridge to Telegram, for pages that are open as a Mini App: signs in with what Telegram says about the person,
// takes over the theme, and wires the back button. Does nothing in an ordinary browser.
// Source: Telegram, "Web Events" (core.telegram.org/api/web-events).

const MEMORY = "fomo.miniapp";
/** The pages from which there is no way back. */
const ROOTS = ["/", "/library", "/lives", "/login"];
const FRAME_ORIGINS = /^https:\/\/([a-z0-9-]+\.)*telegram\.org$/;

/** What Telegram put behind the # of the first address; kept for the following pages of this visit. */
const launchData = () => {
  const fragment = new URLSearchParams(location.hash.slice(1));
  let data = null;
  if (fragment.has("tgWebAppData") || fragment.has("tgWebAppVersion")) {
    data = { initData: fragment.get("tgWebAppData") ?? "", theme: fragment.get("tgWebAppThemeParams") ?? "" };
  }
  try {
    if (data) sessionStorage.setItem(MEMORY, JSON.stringify(data));
    else data = JSON.parse(sessionStorage.getItem(MEMORY));
  } catch {
    // Without storage, only the first page knows.
  }
  return data;
};

const post = (type, data = {}) => {
  const proxy = window.TelegramWebviewProxy;
  if (proxy) return proxy.postEvent(type, JSON.stringify(data));
  if (window.parent !== window) {
    window.parent.postMessage(JSON.stringify({ eventType: type, eventData: data }), "https://web.telegram.org");
  }
};

/** Telegram's colours as the style sheet's. Whatever is no plain colour is passed over. */
const applyTheme = (theme) => {
  const names = {
    "--tg-paper": theme.secondary_bg_color ?? theme.bg_color,
    "--tg-surface": theme.bg_color,
    "--tg-ink": theme.text_color,
    "--tg-ink-soft": theme.subtitle_text_color ?? theme.hint_color,
    "--tg-line": theme.section_separator_color,
    "--tg-accent": theme.button_color,
    "--tg-on-accent": theme.button_text_color,
  };
  for (const [name, colour] of Object.entries(names)) {
    if (/^#[0-9a-f]{6}$/i.test(colour ?? "")) document.documentElement.style.setProperty(name, colour);
  }
};

const receive = (type, data) => {
  if (type === "back_button_pressed") history.back();
  if (type === "theme_changed" && data?.theme_params) applyTheme(data.theme_params);
};

/** Telegram's apps call one of these names, its web version sends messages. */
const listen = () => {
  window.Telegram = { WebView: { receiveEvent: receive } };
  window.TelegramGameProxy = { receiveEvent: receive };
  window.TelegramGameProxy_receiveEvent = receive;
  addEventListener("message", (event) => {
    if (event.source !== window.parent || !FRAME_ORIGINS.test(event.origin)) return;
    try {
      const { eventType, eventData } = JSON.parse(event.data);
      receive(eventType, eventData);
    } catch {
      // Not for us.
    }
  });
};

const signIn = async (page, initData) => {
  const status = page.querySelector("[data-status]");
  const form = page.querySelector("form");
  form.hidden = true;
  status.textContent = status.dataset.busy;
  try {
    const answer = await fetch("/api/auth/telegram/webapp", {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ init_data: initData }),
    });
    if (answer.ok) return location.replace(page.dataset.next);
    status.textContent = (await answer.json()).error.message;
  } catch {
    status.textContent = status.dataset.failed;
  }
  form.hidden = false;
};

const launch = launchData();
if (launch) {
  listen();
  try {
    applyTheme(JSON.parse(launch.theme));
  } catch {
    // No theme: the page keeps its own.
  }
  post("web_app_ready");
  post("web_app_expand");
  post("web_app_setup_back_button", { is_visible: !ROOTS.includes(location.pathname) });
  const page = document.querySelector("[data-sign-in]");
  if (page && launch.initData) signIn(page, launch.initData);
}
