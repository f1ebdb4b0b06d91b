import Domain
import Foundation

/// Carries out what posters and admins ask for about episodes.
///
/// Who may do what is decided by Domain; a refusal is answered in words.
struct EpisodeDesk: Sendable {
    let directory: MemberDirectory
    let library: PodcastLibrary
    let phrases: Phrasebook

    private var adminsChat: AdminsChat { library.adminsChat }

    // MARK: Commands

    /// Answers a command: a person where it was written, the channel never; in groups only the admins' chat.
    func answer(_ order: EpisodeOrder, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        guard let person = order.person else {
            try await ignoringRefusals { () throws(ChangeFailure) in
                _ = try await carryOut(order, by: .channel, .ru, cause: cause)
            }
            return []
        }
        guard try await isAtHome(order.chat) else { return [] }
        return try await answering(person, cause) { (member) throws(ChangeFailure) in
            [.show(Screen(text: try await carryOut(order, by: .member(member), member.language, cause: cause)))]
        }
    }

    private func carryOut(
        _ order: EpisodeOrder,
        by editor: Editor,
        _ language: Language,
        cause: Cause
    ) async throws(ChangeFailure) -> HTML {
        guard let target = order.target else { throw .refused(.whichEpisode) }
        switch order.verb {
        case .mine:
            guard case .member(let member) = editor else { throw .refused(.notAllowed) }
            let podcast = try await library.claim(target, by: member, cause: cause)
            return phrases.html(BotPhrase.episodeMine, language, ["title": podcast.title])
        case .publish, .unpublish:
            let isPublished = order.verb == .publish
            let podcast = try await library.setPublished(isPublished, target, by: editor, cause: cause)
            let phrase: BotPhrase = isPublished ? .episodeIsPublished : .episodeIsUnpublished
            return phrases.html(phrase, language, ["title": podcast.title])
        case .split:
            let podcasts = try await library.part(target, by: editor, cause: cause)
            let title = podcasts.first?.title ?? ""
            return phrases.html(BotPhrase.episodeParted, language, ["title": title], count: podcasts.count)
        }
    }

    /// Makes a group the admins' chat.
    func settle(in place: ChatPlace, _ person: Person, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        try await answering(person, cause) { (member) throws(ChangeFailure) in
            try await adminsChat.set(place, by: member, cause: cause)
            return [.show(Screen(text: phrases.html(BotPhrase.adminsChatSet, member.language)))]
        }
    }

    // MARK: Buttons of cards

    /// Asks for what takes an episode's caption or cover place.
    func ask(_ prompt: Prompt, _ id: PodcastID, of member: Member) async throws(ChangeFailure) -> Reply {
        guard let podcast = try await library.find(.id(id)) else { throw .refused(.notFound) }
        guard Editor.member(member).mayChange(podcast) else { throw .refused(.notAllowed) }
        // Only a @name is a mention, by which Telegram knows for whom the question is.
        let handle = member.username.map { "@\($0)" }
        let arguments = ["name": handle ?? member.name, "title": podcast.title]
        let question = phrases.html(prompt == .edit ? BotPhrase.promptEdit : .promptCover, member.language, arguments)
        return .prompt(HTML.paragraphs([question, HTML(prompt.mark(id))]), isForOne: handle != nil)
    }

    /// Answers a reply to such a question.
    func take(_ answer: PromptAnswer, cause: Cause) async throws(ChangeFailure) -> [Reply] {
        guard try await isAtHome(answer.chat) else { return [] }
        return try await answering(answer.person, cause) { (member) throws(ChangeFailure) in
            let language = member.language
            let key = Podcast.Key.id(answer.podcast)
            switch answer.prompt {
            case .edit:
                guard let text = answer.text else { return [say(.noWords, language)] }
                let podcast = try await library.rewrite(key, as: text, by: .member(member), cause: cause)
                return [say(.episodeRewritten, language, podcast)]
            case .cover:
                guard let cover = answer.cover else { return [say(.noPicture, language)] }
                let podcast = try await library.setCover(cover, of: key, by: .member(member), cause: cause)
                return [say(.coverTaken, language, podcast)]
            }
        }
    }

    // MARK: Details

    private func say(_ phrase: BotPhrase, _ language: Language, _ podcast: Podcast? = nil) -> Reply {
        let arguments = podcast.map { ["title": $0.title] } ?? [:]
        return .show(Screen(text: phrases.html(phrase, language, arguments)))
    }

    /// Whether it is a private chat or the admins' chat.
    private func isAtHome(_ chat: ChatID) async throws(ChangeFailure) -> Bool {
        if chat.isPrivate { return true }
        return try await adminsChat.current() == chat
    }

    private func answering(
        _ person: Person,
        _ cause: Cause,
        _ body: (Member) async throws(ChangeFailure) -> [Reply]
    ) async throws(ChangeFailure) -> [Reply] {
        let known = try await directory.recognise(person, cause: cause)
        let person = person.known(as: known)
        do throws(ChangeFailure) {
            guard let member = known, member.isActive else { throw .refused(.notAMember) }
            return try await body(member)
        } catch .refused(let refusal) {
            let text = phrases.text(refusal, person.language, zone: try await library.zone())
            return [.show(Screen(text: HTML(text)))]
        }
    }

    private func ignoringRefusals(_ body: () async throws(ChangeFailure) -> Void) async throws(ChangeFailure) {
        do throws(ChangeFailure) {
            try await body()
        } catch .refused {
            // The channel is not written to; a command that does not fit stays without an effect.
        }
    }
}
