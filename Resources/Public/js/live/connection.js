// The room's socket: comes back by itself where it left off, and says why where it cannot. See docs/room-protocol.md.

const FIRST_PAUSE = 500;
const LONGEST_PAUSE = 20_000;
/** Without a word from the server for so long, it is asked; without an answer then, the socket is taken for dead. */
const QUIET = 20_000;
const PATIENCE = 8_000;
/** What the server is in need of when its store does not answer, or when there are too many sockets. */
const REST = 5_000;
const LONG_REST = 60_000;
const CLOSED = { over: 4001, removed: 4003, tooSlow: 4008, stopping: 1001, silent: 1008, storeAway: 1013 };

export class Connection {
  /**
   * - `session`: the show's id; `device`: with what one comes.
   * - `place()`: `{ seq, epoch }` of what was heard last, or null.
   * - `heard(frame)`; `changed(status, detail)`: `connecting`, `on`, `waiting`, `offline`, `full` (tried again after
   *   a good while, or by `open`; with the reason in words), or for good `over`, `removed`, `signed_out`, `refused`
   *   (with the reason in words).
   */
  constructor({ session, device, place, heard, changed }) {
    Object.assign(this, { session, device, place, heard, changed });
    this.failures = 0;
    /** What to do when each ping that was sent is answered, in their order. */
    this.checks = [];
    this.isIn = false;
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

  /** Sends; returns whether one is in the room, so that there was somebody to take it. */
  send(command) {
    if (!this.isIn || this.socket?.readyState !== WebSocket.OPEN) return false;
    this.socket.send(JSON.stringify(command));
    return true;
  }

  /** Asks whether the server hears, and gives up a line that is dead. `then()`: it has read all that was sent before. */
  check(then) {
    if (!this.send({ type: "ping" })) return;
    this.checks.push(then);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.lose("connecting"), PATIENCE);
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
    this.isIn = false;
    this.checks = [];
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
    if (frame.type === "pong") return this.checks.shift()?.();
    if (frame.type === "room_state" || frame.type === "resumed") {
      this.failures = 0;
      this.isIn = true;
      this.changed("on");
    }
    this.heard(frame);
  }

  /** Waits for a word; asks for one when it takes too long. */
  listen() {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => (this.isIn ? this.check() : this.lose("connecting")), QUIET);
  }

  /** Whoever comes back to the page wants to know at once whether it still hears. */
  wake() {
    if (this.isStopped) return;
    if (this.socket) this.check();
    else this.open();
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
    this.again(code === CLOSED.storeAway ? REST : 0);
  }

  /** Tries again after a while that grows, and differs from page to page so that they do not come all at once. */
  again(atLeast = 0) {
    if (this.isStopped) return;
    const pause = atLeast + Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** this.failures) * (0.5 + Math.random() / 2);
    this.failures = Math.min(this.failures + 1, 10);
    this.changed(navigator.onLine ? "waiting" : "offline");
    this.openAfter(pause);
  }

  openAfter(pause) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.open(), pause);
  }

  /** One has more pages open than the server allows: another try soon would be refused as well. */
  wait(detail) {
    if (this.isStopped) return;
    this.changed("full", detail);
    this.openAfter(LONG_REST);
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
    if (failure?.code === "too_many_sockets") return this.wait(failure.message);
    switch (answer.status) {
      case 401: return this.stop("signed_out");
      case 410: return this.stop("over");
      case 403:
      case 404:
        return failure?.code === "removed_from_room" ? this.stop("removed") : this.stop("refused", failure?.message);
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
