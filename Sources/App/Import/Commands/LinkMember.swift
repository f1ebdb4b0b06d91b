import ArgumentParser
import Domain
import Foundation
import Web

/// `fomo admin link-member USER_ID TELEGRAM_ID`.
struct LinkMember: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "link-member",
        abstract: "Joins a person who was imported without a Telegram account with their account.",
        discussion: """
            The person is an active member from then on, with their old id, role and episodes. Where they have asked \
            to join anew, that request is settled by it. Stop the club first. The command may be given again.
            """
    )

    @Argument(help: "The person's id in the club (user_id), or the one that they had in the predecessor's database.")
    var userID: String

    @Argument(help: "The number of their Telegram account.")
    var telegramID: Int64

    func validate() throws {
        guard telegramID > 0 else { throw ValidationError("TELEGRAM_ID is the number of a person: greater than 0.") }
    }

    func run() async throws {
        try await Running.untilAsked { console in
            let settings = try Settings.load()
            let tools = TransferTools(settings: settings)
            try await tools.alone("fomo admin link-member") { _, running in
                let store = try await tools.open(settings.store, mustExist: true)
                try await running.refuse(store)
                let member = try await link(
                    in: MemberDirectory(store: store, clock: tools.clock, ids: .system),
                    language: settings.language
                )
                await store.close()
                console.say(
                    "\(member.name) (\(member.id)) is a member with the Telegram account \(telegramID) now, and is"
                        + " told so when the club runs."
                )
            }
        }
    }

    private func link(in directory: MemberDirectory, language: Language) async throws -> Member {
        let person = Person(
            telegramID: TelegramUserID(rawValue: telegramID),
            name: "",
            username: nil,
            language: language
        )
        let cause = Cause(rawValue: "link-member:\(userID):\(telegramID):\(IDSource.system.secret())")
        let old = LegacyIdentities(hasher: .sha256).member(userID)
        do {
            do {
                return try await directory.link(MemberID(rawValue: userID), to: person, by: nil, cause: cause)
            } catch .refused(.notFound) {
                return try await directory.link(old, to: person, by: nil, cause: cause)
            }
        } catch {
            throw LinkFault(failure: error, userID: userID, telegramID: telegramID)
        }
    }
}
