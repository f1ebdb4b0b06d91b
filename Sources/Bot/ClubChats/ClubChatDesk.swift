import Domain
import Foundation

/// Carries out what happens in the club's channel and group.
struct ClubChatDesk: Sendable {
    /// What is said because of it, and where.
    struct Answer: Sendable {
        var replies: [Reply] = []
        var chat: ChatID
        /// After this nothing may be said there any more; nil: it always may.
        var expiresAt: Date?
    }

    let clubChats: ClubChats
    let levelTags: LevelTags
    let directory: MemberDirectory
    let library: PodcastLibrary
    let phrases: Phrasebook

    func answer(_ event: ClubChatEvent, cause: Cause) async throws(ChangeFailure) -> Answer? {
        switch event {
        case .entered(let person, let chat):
            try await clubChats.entered(person, chat, cause: cause)
            try await levelTags.entered(person.telegramID, chat, cause: cause)
        case .gone(let person, let chat, let isPutOut):
            try await clubChats.gone(person, from: chat, isPutOut: isPutOut, cause: cause)
        case .requested(let person, let chat, let answers, let end):
            switch try await clubChats.requested(person, chat, cause: cause) {
            case .notOurs: break
            case .letIn: return Answer(replies: [.clubChatRequest(person.telegramID, isApproved: true)], chat: chat)
            case .turnedAway:
                return Answer(replies: [.clubChatRequest(person.telegramID, isApproved: false)], chat: chat)
            case .beingDecided:
                let text = phrases.html(BotPhrase.startPending, person.language, ["name": person.name])
                return Answer(replies: [.show(Screen(text: text))], chat: answers, expiresAt: end)
            }
        case .outOfSight(let chat, let isOut):
            try await clubChats.outOfSight(chat, isOut: isOut, cause: cause)
            if isOut { try await library.adminsChat.lost(chat, cause: Cause(rawValue: "\(cause):admins")) }
        case .settled(let person, let place):
            return Answer(replies: [try await settle(place, person, cause: cause)], chat: place.chat)
        }
        return nil
    }

    private func settle(_ place: ChatPlace, _ person: Person, cause: Cause) async throws(ChangeFailure) -> Reply {
        do throws(ChangeFailure) {
            guard let member = try await directory.recognise(person, isWriting: false, cause: cause), member.isActive
            else {
                throw .refused(.notAMember)
            }
            try await clubChats.setGroup(place, by: member, cause: cause)
            return .show(Screen(text: phrases.html(ClubChatPhrase.groupSet, member.language, ["title": place.title])))
        } catch .refused(let refusal) {
            let text = phrases.text(refusal, person.language, zone: try await library.zone())
            return .show(Screen(text: HTML(text)))
        }
    }
}
