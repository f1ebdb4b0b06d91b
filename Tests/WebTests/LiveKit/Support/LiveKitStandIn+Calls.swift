import Foundation

/// The calls of RoomService, answered as a LiveKit 1.13 answers them: in snake_case, with everything that is zero, long
/// numbers as texts.
extension LiveKitStandIn {
    struct Answer {
        var status = 200
        var json: Any = [String: Any]()

        static func fault(_ status: Int, _ code: String, _ message: String) -> Answer {
            Answer(status: status, json: ["code": code, "msg": message])
        }

        static var unauthenticated: Answer { fault(401, "unauthenticated", "permissions denied") }
    }

    static func answer(
        _ method: String,
        _ request: [String: Any],
        grants: [String: Any],
        _ world: inout LiveKitWorld
    ) -> Answer {
        let room = request["room"] as? String ?? request["name"] as? String ?? ""
        let identity = request["identity"] as? String ?? ""
        let needed = ["CreateRoom": "roomCreate", "DeleteRoom": "roomCreate", "ListRooms": "roomList"][method]
        let isAllowed =
            needed.map { grants[$0] as? Bool == true }
            ?? (grants["roomAdmin"] as? Bool == true && grants["room"] as? String == room)
        guard isAllowed else { return .unauthenticated }
        world.calls.append(LiveKitWorld.Call(method: method, room: room, identity: identity))
        switch method {
        case "CreateRoom":
            if world.rooms[room] == nil { world.rooms[room] = [:] }
            return Answer(json: json(ofRoom: room, world))
        case "ListRooms":
            return Answer(json: ["rooms": world.rooms.keys.sorted().map { json(ofRoom: $0, world) }])
        case "DeleteRoom":
            return world.delete(room) ? Answer() : .fault(404, "not_found", "requested room does not exist")
        case "ListParticipants" where world.sickRooms.contains(room):
            return .fault(503, "unavailable", "no response from servers")
        case "ListParticipants" where world.heavyRooms.contains(room):
            return Answer(json: ["participants": [Any](), "padding": String(repeating: "x", count: 5 << 20)])
        case "ListParticipants":
            return Answer(json: ["participants": (world.rooms[room] ?? [:]).values.map(json(of:))])
        case "RemoveParticipant":
            guard let participant = world.participant(identity, in: room) else {
                return .fault(404, "not_found", "participant does not exist")
            }
            world.leave(participant, room, reason: "PARTICIPANT_REMOVED")
            return Answer()
        case "UpdateParticipant":
            let permission = request["permission"] as? [String: Any] ?? [:]
            guard let participant = world.permit(identity, room, permission) else {
                return .fault(404, "not_found", "participant does not exist")
            }
            return Answer(json: json(of: participant))
        case "MutePublishedTrack": return mute(identity, room, request, &world)
        default: return .fault(404, "bad_route", "no handler")
        }
    }

    private static func mute(
        _ identity: String,
        _ room: String,
        _ request: [String: Any],
        _ world: inout LiveKitWorld
    ) -> Answer {
        let sid = request["trackSid"] as? String
        guard let index = world.participant(identity, in: room)?.tracks.firstIndex(where: { $0.sid == sid }) else {
            // Not 404: nobody is there who could answer.
            return .fault(503, "unavailable", "no response from servers")
        }
        world.rooms[room]?[identity]?.tracks[index].isMuted = request["muted"] as? Bool ?? false
        let track = world.rooms[room]?[identity]?.tracks[index]
        return Answer(json: ["track": track.map(json(of:)) ?? [:]])
    }

    private static func json(ofRoom name: String, _ world: LiveKitWorld) -> [String: Any] {
        let people = world.rooms[name] ?? [:]
        return [
            "sid": "RM_\(name)", "name": name, "empty_timeout": 3600, "departure_timeout": 300,
            "max_participants": 0, "creation_time": "1780315200", "creation_time_ms": "1780315200000",
            "turn_password": "of the room", "enabled_codecs": [Any](), "metadata": "",
            "num_participants": people.count, "num_publishers": people.values.count { !$0.tracks.isEmpty },
            "active_recording": false,
        ]
    }

    private static func json(of participant: LiveKitWorld.Participant) -> [String: Any] {
        [
            "sid": participant.sid, "identity": participant.identity, "name": participant.name, "state": "ACTIVE",
            "tracks": participant.tracks.map(json(of:)), "metadata": "", "joined_at": "1780315200",
            "joined_at_ms": "1780315200000", "version": 1, "region": "", "is_publisher": !participant.tracks.isEmpty,
            "kind": participant.kind, "attributes": [String: String](), "disconnect_reason": "UNKNOWN_REASON",
            "permission": [
                "can_subscribe": true, "can_publish": participant.canPublish,
                "can_publish_data": participant.canPublishData, "can_publish_sources": participant.sources,
                "hidden": false, "recorder": false, "can_update_metadata": false, "agent": false,
                "can_subscribe_metrics": false,
            ] as [String: Any],
        ]
    }

    private static func json(of track: LiveKitWorld.Track) -> [String: Any] {
        [
            "sid": track.sid, "type": "AUDIO", "name": "", "muted": track.isMuted, "width": 0, "height": 0,
            "simulcast": false, "source": track.source, "mime_type": "audio/red",
        ]
    }
}
