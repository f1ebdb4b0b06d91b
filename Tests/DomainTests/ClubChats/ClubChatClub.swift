import Domain
import Foundation
import TestSupport
import Testing

/// A club with a channel and a group, into which people may come by both where nothing else is said.
struct ClubChatClub {
    static let group = ChatID(rawValue: -500)

    let clock = ManualClock()
    let store: MemoryClubStore
    let directory: MemberDirectory
    let clubChats: ClubChats
    let office: ClubOffice
    let probe = ScriptedProbe()
    let admin = Fixtures.member(2, role: .owner)

    init(_ open: Set<JoiningMode> = [.channel, .group]) async throws {
        store = MemoryClubStore(clock: clock)
        let ids = Fixtures.ids()
        directory = MemberDirectory(store: store, clock: clock, ids: ids)
        clubChats = ClubChats(store: store, directory: directory, clock: clock, ids: ids)
        office = ClubOffice(store: store, clock: clock, ids: ids)
        try await keep(admin)
        try await clubChats.learn(channel: ChatPlace(chat: Fixtures.channel, title: "Records", handle: "records"))
        let group = ChatPlace(chat: Self.group, title: "Talk", handle: nil)
        try await clubChats.setGroup(group, by: admin, cause: Cause(rawValue: "group"))
        for mode in JoiningMode.allCases {
            let cause = Cause(rawValue: "mode \(mode)")
            _ = try await office.setJoining(mode, isOpen: open.contains(mode), by: admin, cause: cause)
        }
    }

    func cause(_ text: String) -> Cause { Cause(rawValue: text) }

    func keep(_ member: Member) async throws {
        _ = try await store.members.change(.id(member.id), cause: cause("keep \(UUID())")) { _ in Change(member) }
    }

    func member(_ number: Int64) async throws -> Member? {
        try await directory.find(.telegram(TelegramUserID(rawValue: number)))
    }

    func enter(_ number: Int64, _ chat: ChatID = Fixtures.channel) async throws {
        try await clubChats.entered(Fixtures.person(number), chat, cause: cause("enter \(UUID())"))
    }

    func leave(_ number: Int64, _ chat: ChatID = Fixtures.channel, isPutOut: Bool = false) async throws {
        let id = TelegramUserID(rawValue: number)
        try await clubChats.gone(id, from: chat, isPutOut: isPutOut, cause: cause("leave \(UUID())"))
    }

    /// Carries out what is due, at most so many checks.
    func check(atMost limit: Int = 9) async throws {
        for _ in 0..<limit {
            guard let next = try await clubChats.nextToCheck() else { return }
            let verdict = try await clubChats.verdict(on: next, probe, patience: .seconds(1))
            try await clubChats.settle(next, verdict)
            if case .unavailable = verdict { return }
        }
    }

    /// Gives somebody a session.
    func signIn(_ number: Int64) async throws -> AuthSession {
        let signIn = SignIn(store: store, clock: clock, ids: Fixtures.ids(seed: 7), hasher: Fixtures.hasher)
        let id = TelegramUserID(rawValue: number)
        return try await signIn.open(for: .telegram(id), way: .link, device: "Test", cause: cause("sign in")).0
    }

    func isOpen(_ session: AuthSession) async throws -> Bool {
        try await store.authSessions.find(.id(session.id))?.isOpen(at: clock.now) == true
    }

    /// What waits to be told, to whom.
    func told() async throws -> [(chat: Int64, notice: Notice)] {
        var told: [(Int64, Notice)] = []
        while true {
            let rows = try await store.outbox.claim(
                bot: .club,
                lanes: Set(OutboxLane.allCases),
                excluding: [],
                limit: 100,
                now: clock.now
            )
            if rows.isEmpty { return told }
            for row in rows {
                guard case .notice(let notice) = row.draft.body else { continue }
                told.append((row.draft.chat.rawValue, notice))
            }
            try await store.outbox.settle(rows.map { ($0.sequence, .sent(message: nil)) }, now: clock.now)
        }
    }
}
