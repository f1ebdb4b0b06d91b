import Domain
import Foundation

/// The commands as the messenger and the help show them.
struct CommandMenu: Sendable {
    let phrases: Phrasebook

    /// The menu of everybody who has none of their own.
    func ofEverybody(_ language: Language) -> [BotCommand] {
        commands(.member, language)
    }

    /// A person's own menu; nil where that of everybody serves, which comes in the messenger's language.
    func own(of member: Member?) -> [BotCommand]? {
        guard let member, member.isActive else { return nil }
        let hasMore = MenuCommand.open(to: member.role) != MenuCommand.open(to: .member)
        return hasMore || member.settings.language != nil ? commands(member.role, member.language) : nil
    }

    /// What a person can do, as a list for the help: their commands from `role` on.
    func lines(from least: Role, to most: Role, _ language: Language) -> HTML {
        let commands = MenuCommand.open(to: most).filter { $0.leastRole >= least }
        return .lines(
            commands.map { command in
                phrases.html(
                    BotPhrase.helpLine,
                    language,
                    ["command": "/\(command.rawValue)", "what": phrases.label(command.phraseKey, language)]
                )
            }
        )
    }

    /// Names all menus as they are: differs where one of them does.
    var edition: String {
        let all = Language.allCases.flatMap { commands(.owner, $0) }.map { "\($0.command) \($0.description)" }
        // FNV-1a, 64 bits: small, and the same in every process.
        let hash = all.joined(separator: "\n").utf8.reduce(0xcbf2_9ce4_8422_2325 as UInt64) { hash, byte in
            (hash ^ UInt64(byte)) &* 0x100_0000_01b3
        }
        return String(hash, radix: 36)
    }

    private func commands(_ role: Role, _ language: Language) -> [BotCommand] {
        MenuCommand.open(to: role).map { command in
            BotCommand(command: command.rawValue, description: phrases.label(command.phraseKey, language))
        }
    }
}
