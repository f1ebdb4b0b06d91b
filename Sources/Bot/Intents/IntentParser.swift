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
    var defaultLanguage: Language

    /// Longest search or command text that is looked at, in characters.
    static let textLimit = 512

    /// Longest question in inline mode, in characters. Source: Bot API, `InlineQuery`.
    private static let questionLimit = 256

    func intent(of update: TelegramUpdate) -> Intent {
        if update.hasUnreadableKind { return .unreadable("what it holds") }
        if let post = update.channelPost ?? update.editedChannelPost { return intent(ofPost: post) }
        if let message = update.message { return intent(ofMessage: message) }
        if let query = update.callbackQuery { return intent(ofTap: query) }
        if let query = update.inlineQuery { return intent(ofQuestion: query) }
        if let change = update.myChatMember { return intent(ofStanding: change) }
        if let change = update.chatMember { return intent(ofChange: change) }
        if let request = update.chatJoinRequest { return intent(ofRequest: request) }
        return .nothing("an update of another kind")
    }

    // MARK: People

    func person(_ user: TelegramUser) -> Person {
        Person(
            telegramID: TelegramUserID(rawValue: user.id),
            name: user.fullName,
            username: user.username,
            language: Language(tag: user.languageCode, fallback: defaultLanguage)
        )
    }

    private func intent(ofMessage message: TelegramMessage) -> Intent {
        if let bot = message.viaBot?.username, bot.lowercased() == username.lowercased() {
            return .nothing("what was chosen from the bot's own results")
        }
        if let intent = move(in: message) ?? announcing(in: message) ?? deskIntent(of: message) { return intent }
        guard let user = message.from, user.isBot != true else { return .nothing("a message of a bot") }
        guard message.chat.isPrivate else { return intent(ofGroupMessage: message, by: user) }
        if let answer = showAnswer(message) { return .message(person(user), .show(.answered(answer))) }
        if let answer = roomAnswer(message) { return .message(person(user), .room(answer)) }
        if let thanks = thanks(in: message) { return .message(person(user), .thanks(thanks)) }
        guard let text = message.text else { return .message(person(user), .noText) }
        let request = request(String(text.prefix(Self.textLimit)))
        guard let replied = Self.subject(ofReply: message) else { return .message(person(user), request) }
        switch request {
        case .admin(let wish): return .message(person(user), .admin(wish.about(replied)))
        case .progress(let wish): return .message(person(user), .progress(wish.about(replied)))
        default: return .message(person(user), request)
        }
    }

    /// In a group the bot hears only what admins decide about the person to whose message they reply.
    private func intent(ofGroupMessage message: TelegramMessage, by user: TelegramUser) -> Intent {
        if let thanks = thanks(in: message) { return .groupThanks(person(user), thanks) }
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
        guard trimmed.hasPrefix("/") else { return wish(trimmed) }
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
        case "tags": return SearchTokeniser.tag(argument).map { .tag($0) } ?? .tags
        case "random": return .random
        case "continue": return .goOn
        case "claim": return .claim(argument)
        case let name?:
            return PersonalRequest(command: name, argument: argument).map(Request.personal)
                ?? ShowRequest(command: name, argument: argument).map(Request.show)
                ?? RoomRequest(command: name, argument: argument).map(Request.room)
                ?? ProgressRequest(command: name, argument: argument).map(Request.progress)
                ?? AdminRequest(command: name, argument: argument).map(Request.admin) ?? .unknownCommand
        case nil: return .unknownCommand
        }
    }

    /// What a deep link carries: `claim-CODE`, `login-PAYLOAD`, `join-PAYLOAD`, `episode-ID`, `show-ID`.
    private func start(_ payload: String) -> Request {
        let parts = payload.split(separator: "-", maxSplits: 1).map(String.init)
        guard parts.count == 2, parts[1].wholeMatch(of: /[a-z0-9]{1,56}/) != nil else { return .start }
        switch parts[0] {
        case "claim": return .claim(parts[1])
        case "join": return .join(payload: parts[1])
        case "login": return .signIn(payload: parts[1])
        case "episode": return .episode(PodcastID(rawValue: parts[1]))
        case "show": return .show(.show(LiveSessionID(rawValue: parts[1])))
        default: return .start
        }
    }

    /// What is meant by plain text: an episode or a show by its link, a tag, or else words to look for.
    private func wish(_ text: String) -> Request {
        if let show = linkedShow(text) { return .show(.show(show)) }
        switch linked(text) {
        case .id(let id): return .episode(id)
        case .post(let post): return .post(post)
        case .recording, .file, .postOrFile, .album, nil: break
        }
        guard text.hasPrefix("#"), text.count(where: \.isWhitespace) == 0, let tag = SearchTokeniser.tag(text) else {
            return .search(text)
        }
        return .tag(tag)
    }

    private func intent(ofQuestion query: TelegramInlineQuery) -> Intent {
        let question = InlineQuestion(
            id: query.id,
            text: String((query.query ?? "").prefix(Self.questionLimit)),
            offset: query.offset ?? "",
            isPrivate: query.chatType == "sender"
        )
        return .inlineQuery(person(query.from), question)
    }

    private func intent(ofTap query: TelegramCallbackQuery) -> Intent {
        let place = query.message.map { MessagePlace(chat: ChatID(rawValue: $0.chat.id), message: $0.messageId) }
        let tap = Tap(
            queryID: query.id,
            message: place,
            text: query.message?.text,
            isInChannel: query.message?.chat.type == "channel",
            button: query.data.flatMap(Button.init(data:))
        )
        return .tap(person(query.from), tap)
    }

    private func intent(ofStanding change: TelegramChatMemberUpdate) -> Intent {
        guard change.chat.isPrivate else { return intent(ofClubChatStanding: change) }
        switch change.newChatMember?.status {
        case "kicked": return .reachability(TelegramUserID(rawValue: change.from.id), isReachable: false)
        case "member": return .reachability(TelegramUserID(rawValue: change.from.id), isReachable: true)
        default: return .nothing("the bot's standing in a private chat, unchanged")
        }
    }
}
