"""A LiveKit server as far as the club calls it. What it reads and writes is LiveKit's own: messages, tokens, grants."""

import contextlib
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from google.protobuf import json_format
from livekit.api import TokenVerifier
from livekit.protocol import models, room

KEY, SECRET = "APIjudge", "a-secret-of-the-judge-for-this-test-only"
GRANTS = ("room_create", "room_list", "room_admin", "room_join", "room_record")


class Refused(Exception):
    """An answer of Twirp's other than 200."""

    def __init__(self, status, code, message):
        super().__init__(message)
        self.status = status
        self.body = json.dumps({"code": code, "msg": message})


class Judge:
    """The rooms, what was called, as LiveKit understood it, and what it could not understand."""

    def __init__(self):
        self.calls = []
        self.faults = []
        # By room and identity.
        self.people = {}

    def asked(self, method, **fields):
        """The calls of a method that have these fields."""
        return [call for name, call in self.calls if name == method
                and all(getattr(call, field) == value for field, value in fields.items())]

    def answer(self, method, token, body):
        claims = TokenVerifier(KEY, SECRET).verify(token)
        message, needed, act = ACTS[method]
        # Strict: a field that LiveKit does not know is an error.
        call = json_format.Parse(body, message())
        grants = claims.video
        given = {name for name in GRANTS if getattr(grants, name)}
        assert given == {needed}, f"{method} came with {given}"
        assert needed != "room_admin" or grants.room == call.room, f"{method} for {grants.room}"
        self.calls.append((method, call))
        return json_format.MessageToJson(
            act(self, call), preserving_proto_field_name=True, always_print_fields_with_no_presence=True
        )

    def create(self, call):
        self.people.setdefault(call.name, {})
        return models.Room(name=call.name)

    def delete(self, call):
        if self.people.pop(call.room, None) is None:
            raise Refused(404, "not_found", "requested room does not exist")
        return room.DeleteRoomResponse()

    def list(self, call):
        return room.ListRoomsResponse(rooms=[models.Room(name=name, turn_password="secret") for name in self.people])

    def look(self, call):
        return room.ListParticipantsResponse(participants=self.people.get(call.room, {}).values())

    def permit(self, call):
        found = self.find(call)
        found.permission.CopyFrom(call.permission)
        return found

    def mute(self, call):
        for track in self.people.get(call.room, {}).get(call.identity, models.ParticipantInfo()).tracks:
            if track.sid == call.track_sid:
                track.muted = call.muted
                return room.MuteRoomTrackResponse(track=track)
        # Nobody is there who could answer.
        raise Refused(503, "unavailable", "no response from servers")

    def remove(self, call):
        self.find(call)
        del self.people[call.room][call.identity]
        return room.RemoveParticipantResponse()

    def find(self, call):
        found = self.people.get(call.room, {}).get(call.identity)
        if found is None:
            raise Refused(404, "not_found", "participant does not exist")
        return found


ACTS = {
    "CreateRoom": (room.CreateRoomRequest, "room_create", Judge.create),
    "DeleteRoom": (room.DeleteRoomRequest, "room_create", Judge.delete),
    "ListRooms": (room.ListRoomsRequest, "room_list", Judge.list),
    "ListParticipants": (room.ListParticipantsRequest, "room_admin", Judge.look),
    "UpdateParticipant": (room.UpdateParticipantRequest, "room_admin", Judge.permit),
    "MutePublishedTrack": (room.MuteRoomTrackRequest, "room_admin", Judge.mute),
    "RemoveParticipant": (room.RoomParticipantIdentity, "room_admin", Judge.remove),
}


@contextlib.contextmanager
def running_judge():
    judge = Judge()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self):
            body = self.rfile.read(int(self.headers["Content-Length"]))
            method = self.path.removeprefix("/twirp/livekit.RoomService/")
            try:
                status, text = 200, judge.answer(method, self.headers["Authorization"].removeprefix("Bearer "), body)
            except Refused as refused:
                status, text = refused.status, refused.body
            except Exception as fault:
                judge.faults.append(f"{method}: {fault!r}")
                status, text = 401, '{"code":"unauthenticated","msg":"permissions denied"}'
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
