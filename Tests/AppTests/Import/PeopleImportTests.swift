import Domain
import Foundation
import TestSupport
import Testing

@testable import App

struct PeopleImportTests {
    @Test func `a person with a Telegram account is an active member under the old id`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, ["role": #""listener""#])])

        let report = try await bench.run()

        let vera = try await bench.member("user1")
        #expect(vera.name == "Vera 1")
        #expect(vera.username == "vera1")
        #expect(vera.role == .member)
        #expect(vera.isActive)
        #expect(vera.telegramID?.rawValue == 1)
        #expect(Timestamp.milliseconds(vera.createdAt) == 1_698_832_800_000)
        #expect(vera.joinedAt.map(Timestamp.milliseconds) == 1_700_000_000_000)
        #expect(try await bench.directory.find(.telegram(TelegramUserID(rawValue: 1))) == vera)
        #expect(report[.members].count == 1)
        #expect(report[.avatars].ids == ["user1"])
    }

    @Test(
        arguments: [
            ["telegram_connected": "false"], ["telegram_chat_id": nil], ["telegram_chat_id": "null"],
            ["telegram_chat_id": #"{"$numberLong":"-1001"}"#], ["telegram_chat_id": #""@vera""#],
            ["telegram_chat_id": #"{"$numberLong":"9007199254740993"}"#], ["telegram_chat_id": "0"],
        ] as [[String: String?]]
    )
    func `a person without an account comes in for an admin to link`(changes: [String: String?]) async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, changes)])

        let report = try await bench.run()

        let vera = try await bench.member("user1")
        #expect(vera.isClaimable)
        #expect(vera.membership == .left)
        #expect(report[.claimableMembers].ids == ["user1"])
        let linked = try await bench.directory.link(
            vera.id,
            to: Fixtures.person(77),
            by: nil,
            cause: Fixtures.cause(1)
        )
        #expect(linked.isActive)
        #expect(Timestamp.milliseconds(try #require(linked.joinedAt)) == 1_700_000_000_000)
    }

    @Test(arguments: [
        (#""5""#, 5), (#"{"$numberDouble":"5.0"}"#, 5), (#"{"$numberLong":"5000000000"}"#, 5_000_000_000),
    ])
    func `an account's number may be written in any way`(json: String, number: Int64) async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, ["telegram_chat_id": json])])

        try await bench.run()

        #expect(try await bench.member("user1").telegramID?.rawValue == number)
    }

    @Test(arguments: [
        "8a6e0804-2bd0-4672-b79d-d97027f9071a", "Vera!", "../x", "юзер", String(repeating: "a", count: 41),
    ])
    func `an id that buttons and addresses cannot hold is replaced, each time by the same one`(id: String) async throws
    {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, ["id": "\"\(id)\""])])

        try await bench.run()

        let vera = try #require(try await bench.directory.find(.telegram(TelegramUserID(rawValue: 1))))
        #expect(vera.id.rawValue.wholeMatch(of: /[0-9a-f]{24}/) != nil)
        #expect(try await bench.run()[.knownMembers].ids == [PlainText.line(id, limit: 64)])
    }

    @Test func `of people whom an admin links, the report has the ids that they have here`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, ["id": #""old-id""#, "telegram_chat_id": nil])])

        let report = try await bench.run()

        let id = try #require(report[.claimableMembers].ids.first)
        #expect(try await bench.member(id).name == "Vera 1")
        #expect(report.text.contains(id))
    }

    @Test func `names are cleaned, and a person without one is called by their id`() async throws {
        let bench = try ImportBench(users: [
            LegacyFixtures.user(1, ["name": #""Ve\u202era\u0000\n Orlova""#]),
            LegacyFixtures.user(2, ["name": nil, "username": #""@ vera ""#]),
            LegacyFixtures.user(3, ["name": nil, "username": nil, "telegram_chat_id": nil]),
        ])

        try await bench.run()

        #expect(try await bench.member("user1").name == "Vera Orlova")
        #expect(try await bench.member("user2").name == "vera")
        #expect(try await bench.member("user3").name == "id user3")
        #expect(try await bench.member("user3").username == nil)
    }

    @Test func `of two people with one account the first comes in`() async throws {
        let bench = try ImportBench(
            users: [LegacyFixtures.user(1), LegacyFixtures.user(2, ["telegram_chat_id": "1"])],
            podcasts: [LegacyFixtures.podcast(1, ["author_id": #""user2""#])]
        )

        let report = try await bench.run()

        #expect(report[.doubleAccounts].ids == ["user2"])
        #expect(try await bench.store.members.count(.active) == 1)
        #expect(try await bench.podcast("pod1").authorID?.rawValue == "user1")
    }

    @Test func `of two people with one id the first comes in`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1), LegacyFixtures.user(2, ["id": #""user1""#])])

        #expect(try await bench.run()[.doubleUsers].ids == ["user1"])
        #expect(try await bench.member("user1").name == "Vera 1")
    }

    @Test func `who is in the club already stays as they are, and is the author of their episodes`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1)], podcasts: [LegacyFixtures.podcast(1)])
        let known = Fixtures.member(1, role: .host, language: .en)
        try await bench.keep(known)

        let report = try await bench.run()

        #expect(report[.knownAccounts].ids == ["user1"])
        #expect(try await bench.member("member-1") == known)
        #expect(try await bench.podcast("pod1").authorID == known.id)
        #expect(try await bench.directory.find(.id(MemberID(rawValue: "user1"))) == nil)
    }

    // MARK: The owner

    private let owner = LegacyFixtures.user(1, ["role": #""Owner""#])

    @Test func `the old owner owns a club that has no owner`() async throws {
        let bench = try ImportBench(users: [owner, LegacyFixtures.user(2, ["role": #""owner""#])])

        let report = try await bench.run()

        #expect(try await bench.member("user1").role == .owner)
        #expect(try await bench.member("user2").role == .admin)
        #expect(try await bench.store.settings.find(.club)?.ownerID?.rawValue == "user1")
        #expect(report[.ownerAsAdmin].ids == ["user2"])
    }

    @Test func `in a club that has an owner the old one is an admin`() async throws {
        let bench = try ImportBench(users: [owner])
        try await bench.directory.ensureOwner(Fixtures.person(50), cause: Fixtures.cause(1))

        let report = try await bench.run()

        #expect(try await bench.member("user1").role == .admin)
        #expect(report[.ownerAsAdmin].ids == ["user1"])
    }

    @Test func `an owner of whom the settings do not know yet stays the only one`() async throws {
        let bench = try ImportBench(users: [owner])
        try await bench.keep(Fixtures.member(50, role: .owner))

        try await bench.run()

        #expect(try await bench.member("user1").role == .admin)
        #expect(try await bench.store.settings.find(.club) == nil)
    }

    @Test func `a club that waits for the one who claimed it is not given to the old owner`() async throws {
        let bench = try ImportBench(users: [owner])
        let claimed = ClubSettings(ownerID: MemberID(rawValue: "claimer"))
        _ = try await bench.store.settings.change(.club, cause: Fixtures.cause(1)) { _ in Change(claimed) }

        let dry = try await bench.run { $0.isDryRun = true }
        try await bench.run()

        #expect(dry[.ownerAsAdmin].ids == ["user1"])
        #expect(try await bench.member("user1").role == .admin)
        #expect(try await bench.store.settings.find(.club) == claimed)
    }

    @Test(arguments: [(50, Role.admin), (1, Role.owner)] as [(Int64, Role)])
    func `whom the settings name comes before the old owner`(number: Int64, role: Role) async throws {
        let bench = try ImportBench(users: [owner])

        try await bench.run { $0.owner = TelegramUserID(rawValue: number) }

        #expect(try await bench.member("user1").role == role)
    }

    @Test func `an owner without an account is an admin`() async throws {
        let bench = try ImportBench(users: [LegacyFixtures.user(1, ["role": #""owner""#, "telegram_chat_id": nil])])

        try await bench.run()

        #expect(try await bench.member("user1").role == .admin)
        #expect(try await bench.store.settings.find(.club)?.ownerID == nil)
    }
}
