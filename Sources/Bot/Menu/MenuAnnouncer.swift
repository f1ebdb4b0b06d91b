import Domain
import Foundation
import Logging

/// Tells Telegram at the start what the bot is and which commands it has, in each language. It is convenience: where
/// Telegram refuses it, the log says so and nothing else happens.
struct MenuAnnouncer: Sendable {
    /// So many members are looked at in one step.
    private static let pageSize = 500

    let api: TelegramAPI
    let store: any ClubStore
    let menu: CommandMenu
    let language: ClubLanguage
    let clock: any ClubClock
    let logger: Logger

    func announce() async {
        let common = await language.current()
        do {
            for scope in [BotCommandScope.everybody, .privateChats] {
                try await set(scope, common, nil)
                for language in Language.allCases { try await set(scope, language, language.rawValue) }
            }
            try await describe(common, nil)
            for language in Language.allCases { try await describe(language, language.rawValue) }
        } catch {
            logger.warning("The commands menu was not taken", metadata: ["error": "\(error)"])
        }
        do {
            try await renewOwnMenus()
        } catch {
            logger.warning("The menus of single members cannot be renewed", metadata: ["error": "\(error)"])
        }
    }

    private func set(_ scope: BotCommandScope, _ language: Language, _ code: String?) async throws(TelegramError) {
        _ = try await api.call(SetMyCommands(commands: menu.ofEverybody(language), scope: scope, languageCode: code))
    }

    private func describe(_ language: Language, _ code: String?) async throws(TelegramError) {
        let phrases = menu.phrases
        let description = phrases.text(BotPhrase.botDescription, language)
        let short = phrases.text(BotPhrase.botShortDescription, language)
        _ = try await api.call(SetMyDescription(description: description, languageCode: code))
        _ = try await api.call(SetMyShortDescription(shortDescription: short, languageCode: code))
    }

    /// Whoever has a menu of their own gets it once for each edition of the commands: messages of the same key are
    /// stored once.
    private func renewOwnMenus() async throws(StoreError) {
        let edition = menu.edition
        var start = PageStart.first
        while !Task.isCancelled {
            let page = try await store.members.list(.active, from: start, limit: Self.pageSize)
            let drafts = page.items.filter { menu.own(of: $0) != nil }.compactMap { member in
                member.privateChat.map { chat in
                    OutboxDraft(
                        dedupeKey: "menu:\(edition):\(member.id)",
                        chat: chat,
                        lane: .digests,
                        body: .notice(.menuChanged)
                    )
                }
            }
            if !drafts.isEmpty { try await store.outbox.append(drafts, now: clock.now) }
            guard let next = page.next else { return }
            start = .after(next)
        }
    }
}
