import Domain
import Foundation

/// What posters and admins ask for about episodes, in private chat, in the admins' chat and in the recording channel.
extension IntentParser {
    /// Longest caption that is read from a reply, in characters. Source: Telegram, the longest message.
    static let captionLimit = 4_096

    /// - Returns: nil where the message is none of these.
    func deskIntent(of message: TelegramMessage) -> Intent? {
        if let intent = anonymousIntent(of: message) { return intent }
        guard let user = message.from, user.isBot != true else { return nil }
        let chat = ChatID(rawValue: message.chat.id)
        if let answer = promptAnswer(message, person(user), chat) { return .promptAnswer(answer) }
        guard let command = command(message.text) else { return nil }
        if command.name == "adminschat" {
            return message.chat.isPrivate ? nil : .adminsChat(person(user), place(of: message.chat))
        }
        if command.name == "clubgroup" { return settling(in: message, by: user) }
        return order(command, message, by: person(user)).map { .order($0) }
    }

    /// A command that needs to know who writes it, of an admin who writes as the group.
    private func anonymousIntent(of message: TelegramMessage) -> Intent? {
        guard message.senderChat?.id == message.chat.id, let command = command(message.text),
            command.name == "adminschat" || command.name == "clubgroup"
        else { return nil }
        return .anonymousAdmin(ChatID(rawValue: message.chat.id))
    }

    func place(of chat: TelegramChat) -> ChatPlace {
        ChatPlace(chat: ChatID(rawValue: chat.id), title: chat.title ?? "", handle: chat.username)
    }

    /// A command in the recording channel, by reply to a post.
    func channelOrder(of post: TelegramMessage) -> Intent? {
        guard let command = command(post.text) else { return nil }
        return order(command, post, by: nil).map { .order($0) }
    }

    // MARK: Commands

    func command(_ text: String?) -> (name: String, argument: String)? {
        guard let text, text.hasPrefix("/") else { return nil }
        let parts = text.prefix(Self.textLimit).split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let words = parts[0].dropFirst().split(separator: "@", maxSplits: 1)
        if words.count == 2, words[1].lowercased() != username.lowercased() { return nil }
        guard let name = words.first?.lowercased() else { return nil }
        return (name, parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespacesAndNewlines) : "")
    }

    private func order(
        _ command: (name: String, argument: String),
        _ message: TelegramMessage,
        by person: Person?
    ) -> EpisodeOrder? {
        guard let verb = EpisodeOrder.Verb(rawValue: command.name) else { return nil }
        let target =
            command.argument.isEmpty
            ? message.replyToMessage.flatMap { self.target($0, isPost: person == nil) } : named(command.argument)
        return EpisodeOrder(verb: verb, person: person, chat: ChatID(rawValue: message.chat.id), target: target)
    }

    /// The episode that is meant by an answer to `message`.
    func target(_ message: TelegramRepliedMessage, isPost: Bool) -> Podcast.Key? {
        if isPost { return .post(PostReference(channel: channel, message: message.messageId)) }
        if let origin = message.forwardOrigin, origin.chat?.id == channel.rawValue, let number = origin.messageId {
            return .post(PostReference(channel: channel, message: number))
        }
        if let id = message.buttonData.lazy.compactMap({ Button(data: $0)?.episodeID }).first { return .id(id) }
        return message.file.map { .file(FileUniqueID(rawValue: $0.fileUniqueId)) }
    }

    /// An episode by its id, its page, its link to the bot, or its post's link.
    private func named(_ text: String) -> Podcast.Key? {
        text.wholeMatch(of: /[a-z0-9]{1,40}/) == nil ? linked(text) : .id(PodcastID(rawValue: text))
    }

    /// An episode by its page, its link to the bot, or its post's link.
    func linked(_ text: String) -> Podcast.Key? {
        if let match = text.firstMatch(of: /(?:\/podcast\/|[?&]start=episode-)([a-z0-9]{1,40})(?:[\/?#&]|$)/) {
            return .id(PodcastID(rawValue: String(match.1)))
        }
        guard let match = text.firstMatch(of: /t\.me\/c\/(\d{1,15})\/(?:\d+\/)?(\d{1,15})(?:\?|$)/),
            "-100\(match.1)" == channel.description, let message = Int64(match.2)
        else { return nil }
        return .post(PostReference(channel: channel, message: message))
    }

    // MARK: Answers to questions

    private func promptAnswer(_ message: TelegramMessage, _ person: Person, _ chat: ChatID) -> PromptAnswer? {
        guard let question = message.replyToMessage, question.from?.isBot == true,
            question.from?.username?.lowercased() == username.lowercased(),
            let (prompt, id) = question.text.flatMap(Prompt.read)
        else { return nil }
        return PromptAnswer(
            prompt: prompt,
            podcast: id,
            person: person,
            chat: chat,
            text: message.text.map { String($0.prefix(Self.captionLimit)) },
            cover: message.photo.flatMap(cover)
        )
    }

    /// The largest size of a picture.
    private func cover(_ sizes: [TelegramPhoto]) -> Cover? {
        let largest = sizes.max { ($0.width ?? 0) * ($0.height ?? 0) < ($1.width ?? 0) * ($1.height ?? 0) }
        return largest.map { photo in
            Cover(
                fileUniqueID: FileUniqueID(rawValue: photo.fileUniqueId),
                fileID: photo.fileId,
                bot: bot,
                announcedBytes: photo.fileSize.flatMap { $0 > 0 ? $0 : nil }
            )
        }
    }
}

extension Button {
    /// The episode that it is about, or nil.
    var episodeID: PodcastID? {
        switch self {
        case .episode(let id, _), .play(let id), .prompt(_, let id), .setPublished(let id, _), .chapters(let id, _),
            .chapter(let id, _), .askToHear(let id):
            id
        case .askToJoin, .checkClubChats, .decide, .signIn, .list, .latest, .tags, .random, .help, .admin, .personal,
            .show, .room, .thanks, .progress:
            nil
        }
    }
}
