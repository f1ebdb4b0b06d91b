import Domain
import Foundation
import Synchronization

/// Things to test with, made from as few words as possible. The same words make the same thing.
public enum Fixtures {
    /// Where a `ManualClock` begins: 1 June 2026, 12:00 UTC.
    public static let start = Date(timeIntervalSince1970: 1_780_315_200)

    /// The recording channel of the fixtures.
    public static let channel = ChatID(rawValue: -1_001_000_000_001)

    /// Ids and secrets that can be foreseen: two sources of the same seed give the same ones in the same order.
    public static func ids(seed: UInt64 = 1) -> IDSource {
        let state = SplitMix(seed)
        return IDSource { state.next() }
    }

    /// Turns a secret into `digest of` and the secret, so that a test sees what was hashed.
    public static let hasher = SecretHasher { "digest of \($0)" }

    /// A group of this number.
    public static func place(_ chat: ChatID, title: String = "Group") -> ChatPlace {
        ChatPlace(chat: chat, title: title, handle: nil)
    }

    /// A cause that is named after a number.
    public static func cause(_ number: Int) -> Cause {
        Cause(rawValue: "cause-\(number)")
    }

    public static func person(
        _ number: Int64 = 1,
        name: String? = nil,
        username: String? = nil,
        language: Language = .ru
    ) -> Person {
        Person(
            telegramID: TelegramUserID(rawValue: number),
            name: name ?? "Person \(number)",
            username: username,
            language: language
        )
    }

    /// A member whose id is `member-` and the number, an active one where nothing else is said.
    public static func member(
        _ number: Int64 = 1,
        role: Role = .member,
        membership: Membership = .active,
        language: Language = .ru,
        now: Date = start
    ) -> Member {
        Member(
            id: MemberID(rawValue: "member-\(number)"),
            person: person(number, language: language),
            role: role,
            membership: membership,
            now: now
        )
    }

    /// A person without a Telegram account, who came from elsewhere. The id is `claimable-` and the number.
    public static func claimable(_ number: Int64 = 1, role: Role = .member, now: Date = start) -> Member {
        Member(
            id: MemberID(rawValue: "claimable-\(number)"),
            name: "Claimable \(number)",
            username: nil,
            language: .ru,
            role: role,
            createdAt: now
        )
    }

    /// A draft to one conversation; its dedupe key is its text.
    public static func draft(
        _ text: String,
        bot: BotName = .club,
        chat: Int64 = 1,
        lane: OutboxLane = .alerts,
        expiresAt: Date? = nil
    ) -> OutboxDraft {
        OutboxDraft(
            dedupeKey: text,
            bot: bot,
            chat: ChatID(rawValue: chat),
            lane: lane,
            body: .prepared(Data(text.utf8)),
            expiresAt: expiresAt
        )
    }

    /// An update as it was received; its payload is its number.
    public static func update(_ number: Int64, bot: BotName = .club, lane: String = "chat-1") -> InboxEntry {
        InboxEntry(bot: bot, updateID: number, lane: lane, payload: Data("\(number)".utf8), receivedAt: start)
    }
}

/// A generator that can be foreseen (SplitMix64, Steele, Lea and Flood 2014), shared by the calls of one source.
private final class SplitMix: Sendable {
    private let state: Mutex<UInt64>

    init(_ seed: UInt64) {
        state = Mutex(seed)
    }

    func next() -> UInt64 {
        var mixed = state.withLock { state in
            state &+= 0x9E37_79B9_7F4A_7C15
            return state
        }
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }
}
