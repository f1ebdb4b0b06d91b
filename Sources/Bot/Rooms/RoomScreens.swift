import Domain
import Foundation

/// What people see of the ways into the club, and what is told about its channel and group. Pure: data in, screens out.
struct RoomScreens: Sendable {
    let phrases: Phrasebook

    /// To somebody who is no member: what the club is, and the ways that are open.
    /// - `isSought`: Whether they were looked for in the rooms, and are not there.
    ///     `wanted`: the episode for which they have come.
    func door(
        to name: String,
        _ club: ClubSettings,
        isSought: Bool = false,
        wanting wanted: PodcastID? = nil,
        _ language: Language
    ) -> Screen {
        var parts = [
            isSought
                ? phrases.html(RoomPhrase.inNoRoom, language)
                : phrases.html(BotPhrase.startStranger, language, ["name": name])
        ]
        var rows: [[Screen.Control]] = []
        for (room, place) in club.openRooms {
            let title = place.title.isEmpty ? place.handle.map { "@\($0)" } ?? "FOMO" : place.title
            let phrase: RoomPhrase = room == .channel ? .wayChannel : .wayGroup
            parts.append(phrases.html(phrase, language, ["title": title]))
            if let handle = place.handle, let url = URL(string: "https://t.me/\(handle)") {
                rows.append([.link("\(room == .channel ? "📣" : "👥") \(title.prefix(40))", url)])
            }
        }
        if !club.openRooms.isEmpty { rows.append([.tap(phrases.text(RoomPhrase.buttonThere, language), .checkRooms)]) }
        if club.joining.contains(.request) {
            parts.append(phrases.html(RoomPhrase.wayRequest, language))
            let ask = wanted.map(Button.askToHear) ?? .askToJoin
            rows.append([.tap(phrases.text(BotPhrase.buttonAsk, language), ask)])
        } else if club.openRooms.isEmpty {
            let isByInvite = club.joining.contains(.invite)
            parts.append(phrases.html(isByInvite ? RoomPhrase.wayInvite : .wayNone, language))
        }
        return Screen(text: HTML.paragraphs(parts), rows: rows)
    }

    func checking(_ person: Person) -> Screen {
        Screen(text: phrases.html(RoomPhrase.checking, person.language, ["name": person.name]))
    }

    /// To somebody who has left a room, and the club with it.
    func left(_ room: ClubRoom, _ language: Language) -> Screen {
        Screen(text: phrases.html(RoomPhrase.leftRoom, language, ["room": name(room, language)]))
    }

    /// To admins, about somebody who was put out of a room.
    func putOut(_ person: Member, of room: ClubRoom, _ language: Language) -> Screen {
        let arguments = [
            "room": name(room, language), "name": person.name, "handle": person.username.map { " (@\($0))" } ?? "",
            "id": "\(person.id)",
        ]
        return Screen(text: phrases.html(person.isActive ? RoomPhrase.putOutMember : .putOut, language, arguments))
    }

    /// To admins: the bot does not see a room's people.
    func outOfSight(_ room: ClubRoom, _ language: Language) -> Screen {
        Screen(text: phrases.html(RoomPhrase.outOfSight, language, ["room": name(room, language)]))
    }

    /// The line about the club's group among its settings.
    func groupLine(_ club: ClubSettings, _ language: Language) -> String {
        guard let group = club.clubGroup else { return phrases.text(RoomPhrase.noClubGroup, language) }
        return phrases.text(RoomPhrase.clubGroup, language, ["title": group.title])
    }

    private func name(_ room: ClubRoom, _ language: Language) -> String {
        phrases.text(RoomPhrase.name(of: room), language)
    }
}
