"""One room in uWebSockets (C++), by its binding for Python: each message crosses into Python once, the fan-out does not."""

import socket

from socketify import App, AppListenOptions, CompressOptions, OpCode

ROOM = "room"
app = App()


async def entered(listener):
    listener.subscribe(ROOM)


def said(listener, message, opcode):
    app.publish(ROOM, message, OpCode.TEXT)


def free_port():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        return listening.getsockname()[1]


if __name__ == "__main__":
    port = free_port()
    app.ws(
        "/crowd",
        {
            "compression": CompressOptions.DISABLED,
            "max_payload_length": 8 * 1024,
            "idle_timeout": 60,
            "open": entered,
            "message": said,
        },
    )
    app.listen(AppListenOptions(port=port, host="127.0.0.1"), lambda config: print(config.port, flush=True))
    app.run()
