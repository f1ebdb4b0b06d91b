import Domain
import Foundation

/// Reads what an update asks for. Pure: the same update always means the same.
struct IntentParser: Sendable {
    /// The bot that received the update.
    let bot: BotName
    /// The recording channel.
    let channel: ChatID
    /// The bot's own @name: commands that name another bot are not ours.
    let username: String
    /// The language of people who do not say theirs.
    let defaultLanguage: Language

    /// Longest search or command text that is looked at, in characters.
    static let textLimit = 512

    func intent(of update: TelegramUpdate) -> Intent {
        if update.hasUnreadableKind { return .unreadable("what it holds") }
        if let post = update.channelPost ?? update.editedChannelPost { return intent(ofPost: post) }
        if let message = update.message { return intent(ofMessage: message) }
        if let query = update.callbackQuery { return intent(ofTap: query) }
        if let change = update.myChatMember { return intent(ofStanding: change) }
        return .nothing("an update of another kind")
    }

    // MARK: Recordings

    private func intent(ofPost post: TelegramMessage) -> Intent {
        guard post.chat.id == channel.rawValue else { return .nothing("a post of another channel") }
        guard let file = postedFile(post) else {
            return post.hasUnreadableFile ? .unreadable("its recording") : .nothing("a post without a recording")
        }
        return .recording(
            RecordingPost(
                post: PostReference(channel: channel, message: post.messageId),
                file: file,
                caption: post.caption ?? "",
                signature: post.authorSignature,
                postedAt: Self.date(post.date),
                editedAt: post.editDate.map { Self.date($0) }
            )
        )
    }

    private func postedFile(_ post: TelegramMessage) -> PostedFile? {
        if let voice = post.voice { return file(voice, .voice) }
        if let audio = post.audio { return file(audio, .audio) }
        if let document = post.document,
            MediaType.isRecording(announced: document.mimeType, fileName: document.fileName)
        {
            return file(document, .document)
        }
        return nil
    }

    private func file(_ file: TelegramFile, _ kind: Recording.Kind) -> PostedFile {
        PostedFile(
            kind: kind,
            uniqueID: FileUniqueID(rawValue: file.fileUniqueId),
            fileID: file.fileId,
            bot: bot,
            mediaType: file.mimeType,
            fileName: file.fileName,
            performer: file.performer,
            title: file.title,
            duration: file.duration.flatMap { (1...Self.longestSeconds).contains($0) ? .seconds($0) : nil },
            bytes: file.fileSize.flatMap { $0 > 0 ? $0 : nil }
        )
    }

    /// A longer recording than this (31 days) is a mistake of whoever says so.
    private static let longestSeconds: Int64 = 31 * 24 * 3600

    /// Telegram counts seconds since 1970; what lies outside of 1970 to 9999 is taken as 1970.
    private static func date(_ seconds: Int64?) -> Date {
        let seconds = seconds.flatMap { (0...Timestamp.limit / 1000).contains($0) ? $0 : nil } ?? 0
        return Timestamp.date(milliseconds: seconds * 1000)
    }

    // MARK: People

    private func person(_ user: TelegramUser) -> Person {
        Person(
            telegramID: TelegramUserID(rawValue: user.id),
            name: [user.firstName, user.lastName].compactMap { $0 }.joined(separator: " "),
            username: user.username,
            language: Language(tag: user.languageCode, fallback: defaultLanguage)
        )
    }

    private func intent(ofMessage message: TelegramMessage) -> Intent {
        guard let user = message.from, user.isBot != true else { return .nothing("a message of a bot") }
        guard message.chat.isPrivate else { return intent(ofGroupMessage: message, by: user) }
        guard let text = message.text else { return .message(person(user), .noText) }
        let request = request(String(text.prefix(Self.textLimit)))
        guard case .admin(let wish) = request, let replied = Self.subject(ofReply: message) else {
            return .message(person(user), request)
        }
        return .message(person(user), .admin(wish.about(replied)))
    }

    /// In a group the bot hears only what admins decide about the person to whose message they reply.
    private func intent(ofGroupMessage message: TelegramMessage, by user: TelegramUser) -> Intent {
        guard let text = message.text, text.hasPrefix("/"),
            case .admin(.decide(let wish, let named)) = request(String(text.prefix(Self.textLimit)))
        else { return .nothing("a message in a group") }
        let request = AdminRequest.decide(wish, named)
        return .groupCommand(person(user), Self.subject(ofReply: message).map(request.about) ?? request)
    }

    /// The person whose message, or whose forwarded message, is replied to.
    private static func subject(ofReply message: TelegramMessage) -> TelegramUserID? {
        guard let reply = message.replyToMessage else { return nil }
        let user = reply.forwardOrigin?.senderUser ?? reply.from
        guard let user, user.isBot != true else { return nil }
        return TelegramUserID(rawValue: user.id)
    }

    private func request(_ text: String) -> Request {
        let trimmed = text.trimmingCharacters(in: .whitespacesAndNewlines)
        guard trimmed.hasPrefix("/") else { return .search(trimmed) }
        let parts = trimmed.split(maxSplits: 1, whereSeparator: \.isWhitespace)
        let command = parts[0].dropFirst().split(separator: "@", maxSplits: 1)
        if command.count == 2, command[1].lowercased() != username.lowercased() { return .unknownCommand }
        let argument = parts.count == 2 ? parts[1].trimmingCharacters(in: .whitespaces) : ""
        switch command.first?.lowercased() {
        case "start": return start(argument)
        case "help": return .help
        case "latest": return .latest
        case "library": return .library
        case "search": return .search(argument)
        case "claim": return .claim(argument)
        case let name?: return AdminRequest(command: name, argument: argument).map(Request.admin) ?? .unknownCommand
        case nil: return .unknownCommand
        }
    }

    /// What a deep link carries: `claim-CODE`, `login-PAYLOAD`, `join-PAYLOAD`, `episode-ID`.
    private func start(_ payload: String) -> Request {
        let parts = payload.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[1].wholeMatch(of: /[a-z0-9]{1,56}/) != nil else { return .start }
        switch parts[0] {
        case "claim": return .claim(parts[1])
        case "join": return .join(payload: parts[1])
        case "login": return .signIn(payload: parts[1])
        case "episode": return .episode(PodcastID(rawValue: parts[1]))
        default: return .start
        }
    }

    private func intent(ofTap query: TelegramCallbackQuery) -> Intent {
        let place = query.message.map { MessagePlace(chat: ChatID(rawValue: $0.chat.id), message: $0.messageId) }
        let tap = Tap(queryID: query.id, message: place, button: query.data.flatMap(Button.init(data:)))
        return .tap(person(query.from), tap)
    }

    private func intent(ofStanding change: TelegramChatMemberUpdate) -> Intent {
        guard change.chat.isPrivate else { return .nothing("the bot's standing in a group or channel") }
        switch change.newChatMember?.status {
        case "kicked": return .reachability(TelegramUserID(rawValue: change.from.id), isReachable: false)
        case "member": return .reachability(TelegramUserID(rawValue: change.from.id), isReachable: true)
        default: return .nothing("the bot's standing in a private chat, unchanged")
        }
    }
}
