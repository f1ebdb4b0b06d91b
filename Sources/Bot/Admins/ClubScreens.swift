import Domain
import Foundation

/// How the club's settings look to admins. Pure: data in, screens out.
struct ClubScreens: Sendable {
    let phrases: Phrasebook

    func overview(_ settings: ClubSettings, now: Date, _ language: Language) -> Screen {
        let time = Phrasebook.moment(now, language: language, zone: settings.zone)
        let text = phrases.html(
            AdminPhrase.clubTitle,
            language,
            [
                "zone": settings.timeZone, "time": time, "admins": adminsLine(settings, language),
                "group": ClubChatScreens(phrases: phrases).groupLine(settings, language),
            ]
        )
        let zones = Screen.Control.tap(phrases.text(AdminPhrase.buttonZone, language), .admin(.setting(.zones)))
        let chosen = ["reactions": settings.reactions.joined(separator: " ")]
        let reactions = phrases.text(AdminPhrase.buttonReactions, language, chosen)
        let modes = JoiningMode.allCases.map { mode in
            let isOpen = settings.joining.contains(mode)
            let label = "\(isOpen ? "✅" : "⬜️") \(phrases.label(mode.labelKey, language))"
            return [Screen.Control.tap(label, .admin(.setting(.joining(mode, isOpen: !isOpen))))]
        }
        let sharing = "\(settings.sharesAudio ? "✅" : "⬜️") \(phrases.text(AdminPhrase.buttonSharesAudio, language))"
        let audio = Screen.Control.tap(sharing, .admin(.setting(.sharesAudio(!settings.sharesAudio))))
        let languages = ([nil] + Language.allCases).map { choice in
            let name = choice.map { phrases.label($0.nameKey, language) }
            let mark = choice == settings.language ? "✅ " : ""
            let label = mark + (name ?? phrases.text(AdminPhrase.buttonOwnLanguage, language))
            return Screen.Control.tap(label, .admin(.setting(.language(choice))))
        }
        let places = SettingButton.Place.allCases.filter { $0.isChosen(in: settings) }.map { place in
            [Screen.Control.tap(phrases.label(place.labelKey, language), .admin(.setting(.askToForget(place))))]
        }
        let policy = phrases.text(
            AdminPhrase.buttonClubHands,
            language,
            ["hands": name(of: settings.handPolicy, language)]
        )
        let hands = Screen.Control.tap(policy, .admin(.setting(.hands(nil))))
        var tags: [Screen.Control] = []
        if settings.clubGroup != nil {
            let label = "\(settings.tagsLevels ? "✅" : "⬜️") \(phrases.text(TagPhrase.button, language))"
            tags = [.tap(label, .admin(.setting(.tagsLevels(!settings.tagsLevels))))]
        }
        let others = [[audio], tags, languages, [zones], [.tap(reactions, .admin(.setting(.reactions)))], [hands]]
        let isRefused = settings.tagsLevels && settings.tagsRefusedAt != nil
        let refusal = isRefused ? phrases.html(TagPhrase.refused, language) : nil
        return Screen(text: .paragraphs([text, refusal].compactMap { $0 }), rows: modes + places + others)
    }

    /// Whether a group is really to be forgotten.
    func question(_ place: SettingButton.Place, _ language: Language) -> Screen {
        Screen(
            text: phrases.html(key: place.questionKey, language),
            rows: [
                [
                    .tap(phrases.text(AdminPhrase.buttonYes, language), .admin(.setting(.forget(place)))),
                    .tap(phrases.text(AdminPhrase.buttonNo, language), .admin(.setting(.overview))),
                ]
            ]
        )
    }

    private func adminsLine(_ settings: ClubSettings, _ language: Language) -> String {
        guard settings.adminsChatID != nil else { return phrases.text(AdminPhrase.noAdminsChat, language) }
        var title = settings.adminsChatTitle ?? ""
        if title.isEmpty { title = phrases.text(AdminPhrase.namelessChat, language) }
        return phrases.text(AdminPhrase.adminsChat, language, ["title": title])
    }

    /// With what listeners of a show react.
    func reactions(_ settings: ClubSettings, _ language: Language) -> Screen {
        let buttons = Room.offeredReactions.enumerated().map { place, emoji in
            let isOn = settings.reactions.contains(emoji)
            let label = "\(isOn ? "✅ " : "")\(emoji)"
            return Screen.Control.tap(label, .admin(.setting(.reaction(place, isOn: !isOn))))
        }
        let rows = stride(from: 0, to: buttons.count, by: 4).map { Array(buttons[$0..<min($0 + 4, buttons.count)]) }
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .admin(.setting(.overview)))
        return Screen(text: phrases.html(AdminPhrase.clubReactions, language), rows: rows + [[back]])
    }

    /// Who may raise a hand in new shows.
    func hands(_ settings: ClubSettings, _ language: Language) -> Screen {
        let choices = HandPolicy.offered.map { policy in
            let mark = policy == settings.handPolicy ? "✅ " : ""
            return [Screen.Control.tap(mark + name(of: policy, language), .admin(.setting(.hands(policy))))]
        }
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .admin(.setting(.overview)))
        return Screen(text: phrases.html(AdminPhrase.clubHands, language), rows: choices + [[back]])
    }

    private func name(of policy: HandPolicy, _ language: Language) -> String {
        switch policy {
        case .off: phrases.text(ShowTalkPhrase.handsOff, language)
        case .everyone: phrases.text(ShowTalkPhrase.handsEveryone, language)
        case .level(let level): phrases.text(ShowTalkPhrase.handsLevel, language, ["level": String(level)])
        }
    }

    func zones(_ settings: ClubSettings, _ language: Language) -> Screen {
        let buttons = SettingButton.offeredZones.map { name in
            let mark = name == settings.timeZone ? "✅ " : ""
            let place = name.split(separator: "/").last.map { String($0.replacing("_", with: " ")) } ?? name
            return Screen.Control.tap(mark + place, .admin(.setting(.zone(name))))
        }
        let rows = stride(from: 0, to: buttons.count, by: 3).map { Array(buttons[$0..<min($0 + 3, buttons.count)]) }
        let back = Screen.Control.tap(phrases.text(BotPhrase.buttonBack, language), .admin(.setting(.overview)))
        return Screen(text: phrases.html(AdminPhrase.clubZones, language), rows: rows + [[back]])
    }
}

extension SettingButton.Place {
    fileprivate func isChosen(in settings: ClubSettings) -> Bool {
        switch self {
        case .admins: settings.adminsChatID != nil
        case .group: settings.clubGroup != nil
        }
    }
}

extension JoiningMode {
    /// What stands on its switch.
    var labelKey: String { "bot.button.joining_\(rawValue)" }
}
