"""One room in FastAPI: what anybody says is sent to all, as its documentation shows it."""

import socket

import uvicorn
from fastapi import FastAPI, WebSocket, WebSocketDisconnect

app = FastAPI()
listeners = set()


@app.websocket("/crowd")
async def crowd(listener: WebSocket):
    await listener.accept()
    listeners.add(listener)
    try:
        while True:
            text = await listener.receive_text()
            for other in list(listeners):
                await other.send_text(text)
    except WebSocketDisconnect:
        pass
    finally:
        listeners.discard(listener)


if __name__ == "__main__":
    listening = socket.create_server(("127.0.0.1", 0), backlog=4096)
    print(listening.getsockname()[1], flush=True)
    config = uvicorn.Config(app, loop="uvloop", log_level="warning", ws_per_message_deflate=False)
    uvicorn.Server(config).run(sockets=[listening])
