import Foundation

@testable import Sandbox

/// The founding world with a clock of its own, on which tables of calls are played.
struct ClubStage {
    static let bot = SandboxClub.botID
    static let otherBot: Int64 = 5555
    static let poster = SandboxClub.posterID
    static let member = SandboxClub.memberID
    static let stranger = SandboxClub.strangerID
    static let channel = ChatKey.room(SandboxClub.channelID)
    static let memberChat = ChatKey.direct(bot: bot, person: member)

    var world: TelegramWorld
    var now = Date(timeIntervalSince1970: 1_800_000_000)

    /// The club with its bot and a second one; flood limits, poll surprises and the delay of reactions are off, the member has pressed Start.
    init() throws {
        var configuration = SandboxConfiguration()
        configuration.seed = 7
        configuration.limitsFlood = false
        configuration.surprisesPollers = false
        configuration.reactionDelay = .zero
        configuration.bots.append(.init(token: "5555:other", username: "other_bot", name: "Other"))
        world = try SandboxServer.foundingWorld(configuration)
        world.start(Self.memberChat)
    }

    /// Answers a call; a held one counts as an empty answer.
    mutating func call(
        _ method: BotMethod,
        _ values: [String: String] = [:],
        uploads: [String: Upload] = [:],
        bot: Int64 = ClubStage.bot
    ) -> Answer {
        let arguments = Arguments(values, uploads: uploads)
        switch world.handle(BotCall(bot: bot, method: method, arguments: arguments, now: now)) {
        case .answer(let answer): return answer
        case .hold: return .success(.array([]))
        }
    }

    /// The result of a call; nothing when it failed.
    mutating func result(
        _ method: BotMethod,
        _ values: [String: String] = [:],
        uploads: [String: Upload] = [:],
        bot: Int64 = ClubStage.bot
    ) -> JSON? {
        guard case .success(let result, _) = call(method, values, uploads: uploads, bot: bot) else { return nil }
        return JSON(parsing: result.text)
    }

    /// The description of a failure; nothing when the call worked.
    mutating func failure(
        _ method: BotMethod,
        _ values: [String: String] = [:],
        uploads: [String: Upload] = [:],
        bot: Int64 = ClubStage.bot
    ) -> String? {
        guard case .failure(let failure) = call(method, values, uploads: uploads, bot: bot) else { return nil }
        return failure.description
    }

    /// All updates that wait for a bot, which are then confirmed.
    mutating func updates(_ bot: Int64 = ClubStage.bot) -> [JSON] {
        let list = result(.getUpdates, bot: bot)?.elements ?? []
        if let last = list.last?["update_id"]?.integer { _ = call(.getUpdates, ["offset": "\(last + 1)"], bot: bot) }
        return list
    }

    /// Posts a voice note in the channel.
    mutating func postVoice(caption: String = "", key: Int64 = 77) throws -> Message {
        let file = NewFile(
            upload: Upload(key: key, size: 4_000, name: "voice.ogg", mediaType: "audio/ogg"),
            kind: .voice
        )
        let draft = Draft(content: .upload(file, caption: caption))
        return try world.write(draft, by: Self.poster, in: Self.channel, now: now)
    }

    /// Writes to the bot as the member.
    mutating func say(_ text: String) throws -> Message {
        try world.write(Draft(content: .text(text)), by: Self.member, in: Self.memberChat, now: now)
    }
}

extension JSON {
    /// The value at a path of member names and list positions, for example `result.0.message`.
    func at(_ path: String) -> JSON? {
        path.split(separator: ".").reduce(self as JSON?) { value, step in
            if let index = Int(step) {
                guard let elements = value?.elements, elements.indices.contains(index) else { return nil }
                return elements[index]
            }
            return value?[String(step)]
        }
    }
}
