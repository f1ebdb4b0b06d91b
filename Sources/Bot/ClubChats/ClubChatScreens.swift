import Domain
import Foundation

/// What people see of the ways into the club, and what is told about its channel and group. Pure: data in, screens out.
struct ClubChatScreens: Sendable {
    let phrases: Phrasebook

    /// To somebody who is no member: what the club is, and the ways that are open.
    /// - `isSought`: Whether they were looked for in the chats, and are not there.
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
                ? phrases.html(ClubChatPhrase.inNoClubChat, language)
                : phrases.html(BotPhrase.startStranger, language, ["name": name])
        ]
        var rows: [[Screen.Control]] = []
        for (clubChat, place) in club.openClubChats {
            let title = place.title.isEmpty ? place.handle.map { "@\($0)" } ?? "FOMO" : place.title
            let phrase: ClubChatPhrase = clubChat == .channel ? .wayChannel : .wayGroup
            parts.append(phrases.html(phrase, language, ["title": title]))
            if let handle = place.handle, let url = URL(string: "https://t.me/\(handle)") {
                rows.append([.link("\(clubChat == .channel ? "📣" : "👥") \(title.prefix(40))", url)])
            }
        }
        if !club.openClubChats.isEmpty {
            rows.append([.tap(phrases.text(ClubChatPhrase.buttonThere, language), .checkClubChats)])
        }
        if club.joining.contains(.request) {
            parts.append(phrases.html(ClubChatPhrase.wayRequest, language))
            let ask = wanted.map(Button.askToHear) ?? .askToJoin
            rows.append([.tap(phrases.text(BotPhrase.buttonAsk, language), ask)])
        } else if club.openClubChats.isEmpty {
            let isByInvite = club.joining.contains(.invite)
            parts.append(phrases.html(isByInvite ? ClubChatPhrase.wayInvite : .wayNone, language))
        }
        return Screen(text: HTML.paragraphs(parts), rows: rows)
    }

    func checking(_ person: Person) -> Screen {
        Screen(text: phrases.html(ClubChatPhrase.checking, person.language, ["name": person.name]))
    }

    /// To somebody who has left a chat, and the club with it.
    func left(_ clubChat: ClubChat, _ language: Language) -> Screen {
        Screen(text: phrases.html(ClubChatPhrase.leftClubChat, language, ["chat": name(clubChat, language)]))
    }

    /// To admins, about somebody who was put out of a chat.
    func putOut(_ person: Member, of clubChat: ClubChat, _ language: Language) -> Screen {
        let arguments = [
            "chat": name(clubChat, language), "name": person.name, "handle": person.username.map { " (@\($0))" } ?? "",
            "id": "\(person.id)",
        ]
        return Screen(text: phrases.html(person.isActive ? ClubChatPhrase.putOutMember : .putOut, language, arguments))
    }

    /// To admins: the bot does not see a chat's people.
    func outOfSight(_ clubChat: ClubChat, _ language: Language) -> Screen {
        Screen(text: phrases.html(ClubChatPhrase.outOfSight, language, ["chat": name(clubChat, language)]))
    }

    /// The line about the club's group among its settings.
    func groupLine(_ club: ClubSettings, _ language: Language) -> String {
        guard let group = club.clubGroup else { return phrases.text(ClubChatPhrase.noClubGroup, language) }
        return phrases.text(ClubChatPhrase.clubGroup, language, ["title": group.title])
    }

    private func name(_ clubChat: ClubChat, _ language: Language) -> String {
        phrases.text(ClubChatPhrase.name(of: clubChat), language)
    }
}
