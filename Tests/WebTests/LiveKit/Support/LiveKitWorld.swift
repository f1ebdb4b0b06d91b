import Foundation

/// The rooms of a made-up LiveKit server, as a value: who is in them, what they may do, what they publish, and the
/// webhooks that are still to be sent.
struct LiveKitWorld {
    struct Track: Equatable {
        let sid: String
        var source = "MICROPHONE"
        var isMuted = false
    }

    struct Participant: Equatable {
        let sid: String
        let identity: String
        let name: String
        var canPublish: Bool
        var canPublishData: Bool
        var sources: [String]
        var kind = "STANDARD"
        var tracks: [Track] = []
    }

    struct Call: Equatable {
        let method: String
        let room: String
        let identity: String
    }

    struct Webhook {
        let id: String
        let body: Data
    }

    /// Who is in each room, by identity.
    var rooms: [String: [String: Participant]] = [:]
    /// About these it cannot say who is in them.
    var sickRooms: Set<String> = []
    /// About which it answers more than anybody wants to read.
    var heavyRooms: Set<String> = []
    var calls: [Call] = []
    var outgoing: [Webhook] = []
    /// How many calls were not answered well.
    var failures = 0
    private var count = 0

    mutating func next(_ prefix: String) -> String {
        count += 1
        return "\(prefix)_\(count)"
    }

    /// The name of somebody's connection; nil where they are not there.
    func participant(_ identity: String, in room: String) -> Participant? { rooms[room]?[identity] }

    mutating func enter(_ participant: Participant, _ room: String) {
        if rooms[room] == nil { rooms[room] = [:] }
        if let before = rooms[room]?[participant.identity] { leave(before, room, reason: "DUPLICATE_IDENTITY") }
        rooms[room]?[participant.identity] = participant
        tell("participant_joined", room, participant, isWhole: true)
    }

    mutating func leave(_ participant: Participant, _ room: String, reason: String, isAborted: Bool = false) {
        if rooms[room]?[participant.identity]?.sid == participant.sid { rooms[room]?[participant.identity] = nil }
        for track in participant.tracks { tell("track_unpublished", room, participant, track: track) }
        let event = isAborted ? "participant_connection_aborted" : "participant_left"
        tell(event, room, participant, isWhole: true, reason: reason)
    }

    mutating func publish(_ identity: String, _ room: String, isMuted: Bool = false) -> Bool {
        guard var participant = rooms[room]?[identity], participant.canPublish,
            participant.sources.isEmpty || participant.sources.contains("MICROPHONE")
        else { return false }
        let track = Track(sid: next("TR"), isMuted: isMuted)
        participant.tracks.append(track)
        rooms[room]?[identity] = participant
        tell("track_published", room, participant, track: track)
        return true
    }

    mutating func permit(_ identity: String, _ room: String, _ permission: [String: Any]) -> Participant? {
        guard var participant = rooms[room]?[identity] else { return nil }
        participant.canPublish = permission["canPublish"] as? Bool ?? false
        participant.canPublishData = permission["canPublishData"] as? Bool ?? false
        participant.sources = permission["canPublishSources"] as? [String] ?? []
        let ended = participant.canPublish ? [] : participant.tracks
        if !participant.canPublish { participant.tracks = [] }
        rooms[room]?[identity] = participant
        for track in ended { tell("track_unpublished", room, participant, track: track) }
        return participant
    }

    mutating func delete(_ room: String) -> Bool {
        guard let people = rooms[room] else { return false }
        for participant in people.values { leave(participant, room, reason: "ROOM_DELETED") }
        rooms[room] = nil
        tell("room_finished", room, nil, isWhole: true)
        return true
    }

    /// A webhook is in camelCase, and leaves out what is zero. Of tracks it names room and participant only.
    private mutating func tell(
        _ event: String,
        _ room: String,
        _ participant: Participant?,
        isWhole: Bool = false,
        track: Track? = nil,
        reason: String? = nil
    ) {
        let id = next("EV")
        var object: [String: Any] = ["event": event, "id": id, "createdAt": "1780315200"]
        var place: [String: Any] = ["sid": "RM_\(room)", "name": room]
        if isWhole { place["turnPassword"] = "of the room" }
        object["room"] = place
        if let participant {
            var person: [String: Any] = ["sid": participant.sid, "identity": participant.identity]
            if isWhole {
                person["name"] = participant.name
                person["state"] = reason == nil ? "ACTIVE" : "DISCONNECTED"
                if participant.kind != "STANDARD" { person["kind"] = participant.kind }
                var permission: [String: Any] = ["canSubscribe": true]
                if participant.canPublish { permission["canPublish"] = true }
                if participant.canPublishData { permission["canPublishData"] = true }
                if !participant.sources.isEmpty { permission["canPublishSources"] = participant.sources }
                person["permission"] = permission
            }
            if let reason { person["disconnectReason"] = reason }
            object["participant"] = person
        }
        if let track {
            var known: [String: Any] = ["sid": track.sid, "source": track.source, "mimeType": "audio/red"]
            if track.isMuted { known["muted"] = true }
            object["track"] = known
        }
        let body = (try? JSONSerialization.data(withJSONObject: object, options: [.prettyPrinted])) ?? Data()
        outgoing.append(Webhook(id: id, body: body))
    }
}
