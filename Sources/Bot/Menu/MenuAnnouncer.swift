import Domain
import Foundation
import Logging

/// Tells Telegram at the start what the bot is and which commands it has, in each language.
///
/// It goes on until Telegram has taken all of it. What Telegram refuses for good is left out, and the log says so.
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
        let languages = [(common, nil)] + Language.allCases.map { ($0, Optional($0.rawValue)) }
        for scope in [BotCommandScope.everybody, .privateChats] {
            for (language, code) in languages {
                await insist(
                    on: SetMyCommands(commands: menu.ofEverybody(language), scope: scope, languageCode: code)
                )
            }
        }
        for (language, code) in languages {
            let description = menu.phrases.text(BotPhrase.botDescription, language)
            let short = menu.phrases.text(BotPhrase.botShortDescription, language)
            await insist(on: SetMyDescription(description: description, languageCode: code))
            await insist(on: SetMyShortDescription(shortDescription: short, languageCode: code))
        }
        do {
            try await renewOwnMenus()
        } catch {
            logger.warning("The menus of single members cannot be renewed", metadata: ["error": "\(error)"])
        }
    }

    /// Asks until Telegram has taken it, has refused it for good, or the task is cancelled.
    private func insist(on method: some TelegramMethod) async {
        var backoff = Backoff(first: .seconds(1), longest: .seconds(300))
        while !Task.isCancelled {
            let pause: Duration
            do {
                _ = try await api.call(method)
                return
            } catch .retryAfter(let duration) {
                pause = duration
            } catch let error where error.isTokenRefused {
                pause = Poller.refusedTokenPause
            } catch .refused(let method, let code, let description) {
                logger.warning(
                    "A part of the commands menu was not taken",
                    metadata: ["method": "\(method)", "code": "\(code)", "error": "\(description)"]
                )
                return
            } catch {
                pause = backoff.pause()
            }
            try? await clock.sleep(for: pause)
        }
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
