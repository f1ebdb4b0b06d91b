// The room's socket: comes back by itself where it left off, and says why where it cannot. See docs/room-protocol.md.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;
/** Without a word from the server for so long, it is asked; without an answer then, the socket is taken for dead. */
const QUIET = 20_000;
const PATIENCE = 8_000;
/** How long commands wait for a socket, and how many. */
const KEPT_FOR = 60_000;
const KEPT = 20;
const CLOSED = { over: 4001, removed: 4003, tooSlow: 4008, stopping: 1001, silent: 1008 };

export class Connection {
  /**
   * - `session`: the show's id; `device`: with what one comes.
   * - `place()`: `{ seq, epoch }` of what was heard last, or null.
   * - `heard(frame)`; `changed(status, detail)`: `connecting`, `on`, `waiting`, `offline`, or for good `over`,
   *   `removed`, `signed_out`, `refused` (with the reason in words).
   */
  constructor({ session, device, place, heard, changed }) {
    Object.assign(this, { session, device, place, heard, changed });
    this.failures = 0;
    this.kept = [];
    this.isStopped = false;
  }

  start() {
    addEventListener("online", () => this.wake());
    addEventListener("offline", () => this.lose("offline"));
    document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && this.wake());
    addEventListener("pagehide", () => this.socket?.close(1000));
    addEventListener("pageshow", (event) => event.persisted && this.wake());
    this.open();
  }

  get isOn() {
    return this.socket?.readyState === WebSocket.OPEN;
  }

  /** Sends now; returns whether there was a socket to take it. */
  send(command) {
    if (!this.isOn) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  /** Sends now, or as soon as one is back in the room. */
  sendSoon(command) {
    if (this.send(command)) return;
    this.kept = [...this.kept, { command, at: Date.now() }].slice(-KEPT);
  }

  open() {
    clearTimeout(this.timer);
    if (this.isStopped || this.socket) return;
    if (!navigator.onLine) return this.changed("offline");
    this.changed("connecting");
    const address = new URL(`/api/live-sessions/ws/${encodeURIComponent(this.session)}`, location.href);
    address.protocol = address.protocol === "https:" ? "wss:" : "ws:";
    address.searchParams.set("device", this.device);
    const place = this.place();
    if (place) {
      address.searchParams.set("since", place.seq);
      address.searchParams.set("epoch", place.epoch);
    }
    const socket = new WebSocket(address);
    this.socket = socket;
    let wasOpen = false;
    socket.addEventListener("open", () => {
      wasOpen = true;
      this.listen();
    });
    socket.addEventListener("message", ({ data }) => this.socket === socket && this.take(data));
    socket.addEventListener("close", ({ code }) => {
      if (this.socket !== socket) return;
      this.socket = null;
      clearTimeout(this.timer);
      if (wasOpen) this.closed(code);
      else this.explain();
    });
    // A socket that neither opens nor fails is given up.
    this.timer = setTimeout(() => this.lose("connecting"), PATIENCE * 2);
  }

  take(data) {
    this.listen();
    let frame = null;
    try {
      frame = JSON.parse(data);
    } catch {
      return;
    }
    if (frame.type === "pong") return;
    const isEntry = frame.type === "room_state" || frame.type === "resumed";
    if (isEntry) {
      this.failures = 0;
      this.changed("on");
    }
    this.heard(frame);
    if (!isEntry) return;
    const waiting = this.kept.filter(({ at }) => Date.now() - at < KEPT_FOR);
    this.kept = [];
    for (const { command } of waiting) this.send(command);
  }

  /** Waits for a word; asks for one when it takes too long. */
  listen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.ask(), QUIET);
  }

  ask() {
    clearTimeout(this.timer);
    this.send({ type: "ping" });
    this.timer = setTimeout(() => this.lose("connecting"), PATIENCE);
  }

  /** Whoever comes back to the page wants to know at once whether it still hears. */
  wake() {
    if (this.isStopped) return;
    if (this.isOn) this.ask();
    else if (!this.socket) this.open();
  }

  /** Gives the socket up without waiting for its end. */
  lose(status) {
    clearTimeout(this.timer);
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    if (this.isStopped) return;
    if (status === "offline") return this.changed("offline");
    this.again();
  }

  closed(code) {
    if (code === CLOSED.over) return this.stop("over");
    if (code === CLOSED.removed) return this.explain("removed");
    // Whom the server was too fast for, or lost sight of, is expected back at once.
    if (code === CLOSED.tooSlow || code === CLOSED.silent) this.failures = 0;
    if (code === CLOSED.stopping) this.failures = Math.max(this.failures, 1);
    this.again();
  }

  /** Tries again after a while that grows, and differs from page to page so that they do not come all at once. */
  again(atLeast = 0) {
    if (this.isStopped) return;
    const pause = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures = Math.min(this.failures + 1, 10);
    this.changed(navigator.onLine ? "waiting" : "offline");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), Math.max(pause, atLeast));
  }

  /** A browser does not tell why a socket was refused: the room's state is answered the same way, and can be read. */
  async explain(fallback) {
    let answer = null;
    try {
      answer = await fetch(`/api/live-sessions/room/${encodeURIComponent(this.session)}/state`, {
        signal: AbortSignal.timeout(PATIENCE),
      });
    } catch {
      return fallback ? this.stop(fallback) : this.again();
    }
    const failure = answer.ok ? null : (await answer.json().catch(() => null))?.error;
    switch (answer.status) {
      case 401: return this.stop("signed_out");
      case 410: return this.stop("over");
      case 403:
      case 404: return this.stop(failure?.code === "removed_from_room" ? "removed" : "refused", failure?.message);
      default: return this.again(Math.min(60, Number(answer.headers.get("Retry-After") ?? 0)) * 1000);
    }
  }

  stop(status, detail) {
    this.isStopped = true;
    clearTimeout(this.timer);
    this.socket?.close(1000);
    this.socket = null;
    this.changed(status, detail);
  }
}
