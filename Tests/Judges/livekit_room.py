"""A LiveKit server as far as the club calls it. What it reads and writes is LiveKit's own: messages, tokens, grants."""

import contextlib
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf import json_format
from livekit.api import TokenVerifier
from livekit.protocol import models, room

KEY, SECRET = "APIjudge", "a-secret-of-the-judge-for-this-test-only"
NEEDED = {"CreateRoom": "room_create", "DeleteRoom": "room_create", "ListRooms": "room_list"}
CALLS = {
    "CreateRoom": (room.CreateRoomRequest, lambda club, call: models.Room(name=call.name)),
    "DeleteRoom": (room.DeleteRoomRequest, lambda club, call: room.DeleteRoomResponse()),
    "ListRooms": (room.ListRoomsRequest, lambda club, call: room.ListRoomsResponse(rooms=club.rooms)),
    "ListParticipants": (
        room.ListParticipantsRequest,
        lambda club, call: room.ListParticipantsResponse(participants=club.people),
    ),
    "UpdateParticipant": (room.UpdateParticipantRequest, lambda club, call: models.ParticipantInfo()),
    "MutePublishedTrack": (room.MuteRoomTrackRequest, lambda club, call: room.MuteRoomTrackResponse()),
    "RemoveParticipant": (room.RoomParticipantIdentity, lambda club, call: room.RemoveParticipantResponse()),
}


class Judge:
    """What was called, as LiveKit understood it, and what it could not understand."""

    def __init__(self):
        self.calls = []
        self.faults = []
        self.rooms = []
        self.people = []

    def answer(self, method, token, body):
        claims = TokenVerifier(KEY, SECRET).verify(token)
        message, answer = CALLS[method]
        # Strict: a field that LiveKit does not know is an error.
        call = json_format.Parse(body, message())
        grants = claims.video
        given = {name for name in ("room_create", "room_list", "room_admin", "room_join", "room_record")
                 if getattr(grants, name)}
        needed = NEEDED.get(method, "room_admin")
        assert given == {needed}, f"{method} came with {given}"
        assert needed != "room_admin" or grants.room == call.room, f"{method} for {grants.room}"
        self.calls.append((method, call))
        return json_format.MessageToJson(
            answer(self, call), preserving_proto_field_name=True, always_print_fields_with_no_presence=True
        )


@contextlib.contextmanager
def running_judge():
    judge = Judge()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            method = self.path.removeprefix("/twirp/livekit.RoomService/")
            try:
                status, text = 200, judge.answer(method, self.headers["Authorization"].removeprefix("Bearer "), body)
            except Exception as fault:
                judge.faults.append(f"{method}: {fault!r}")
                status, text = 400, '{"code":"malformed","msg":"see faults"}'
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text.encode())))
            self.end_headers()
            self.wfile.write(text.encode())

        def log_message(self, *arguments):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}", judge
    finally:
        server.shutdown()
