import Domain
import Foundation

/// How a person's own settings look: one message that changes. Pure: data in, screens out.
struct SettingsScreens: Sendable {
    /// Quiet hours that are offered; any other may be typed.
    static let offeredHours = [
        ("22:00", "7:00"), ("22:00", "8:00"), ("23:00", "8:00"), ("23:00", "9:00"), ("0:00", "9:00"),
    ]
    .compactMap { QuietHours("\($0)-\($1)") }

    let phrases: Phrasebook

    func overview(_ member: Member, clubZone: TimeZone) -> Screen {
        let (language, settings) = (member.language, member.settings)
        let text = phrases.html(
            PersonalPhrase.settingsTitle,
            language,
            [
                "language": name(of: settings.language, language),
                "quiet": settings.quietHours?.description ?? phrases.text(PersonalPhrase.noHours, language),
                "zone": zone(settings.timeZone ?? clubZone.identifier),
            ]
        )
        let languages = ([nil] + Language.allCases).map { choice in
            tap(marked(name(of: choice, language), choice == settings.language), .choose(.language(choice)))
        }
        let notices = NoticeKind.allCases.filter { $0.leastRole <= member.role }.map { kind in
            let isOn = settings.wants(kind)
            let label = "\(isOn ? "✅" : "⬜️") \(phrases.label(kind.labelKey, language))"
            return [tap(label, .choose(.notices(kind, isWanted: !isOn)))]
        }
        let isHidden = settings.isHidden
        let hiding = "\(isHidden ? "✅" : "⬜️") \(phrases.text(ProgressTalkPhrase.buttonHidden, language))"
        let hidden = [tap(hiding, .choose(.isHidden(!isHidden)))]
        let rest = [
            tap(phrases.text(PersonalPhrase.buttonHours, language), .hours),
            tap(phrases.text(PersonalPhrase.buttonZone, language), .zones),
        ]
        let close = tap(phrases.text(PersonalPhrase.buttonClose, language), .close)
        return Screen(text: text, rows: [languages] + notices + [hidden, rest, [close]])
    }

    func hours(_ member: Member) -> Screen {
        let language = member.language
        let chosen = member.settings.quietHours
        var buttons = Self.offeredHours.map { tap(marked($0.description, $0 == chosen), .choose(.quietHours($0))) }
        let none = phrases.text(PersonalPhrase.buttonNoHours, language)
        buttons.append(tap(marked(none, chosen == nil), .choose(.quietHours(nil))))
        let rows = stride(from: 0, to: buttons.count, by: 2).map { Array(buttons[$0..<min($0 + 2, buttons.count)]) }
        return Screen(text: phrases.html(PersonalPhrase.hoursTitle, language), rows: rows + [[back(language)]])
    }

    func zones(_ member: Member) -> Screen {
        let language = member.language
        let chosen = member.settings.timeZone
        let buttons = SettingButton.offeredZones.map { name in
            tap(marked(zone(name), name == chosen), .choose(.timeZone(name)))
        }
        let rows = stride(from: 0, to: buttons.count, by: 3).map { Array(buttons[$0..<min($0 + 3, buttons.count)]) }
        let club = phrases.text(PersonalPhrase.buttonClubZone, language)
        return Screen(
            text: phrases.html(PersonalPhrase.zonesTitle, language),
            rows: [[tap(marked(club, chosen == nil), .choose(.timeZone(nil)))]] + rows + [[back(language)]]
        )
    }

    func closed(_ language: Language) -> Screen {
        Screen(text: phrases.html(PersonalPhrase.settingsClosed, language))
    }

    // MARK: Parts

    private func name(of language: Language?, _ reader: Language) -> String {
        language.map { phrases.label($0.nameKey, reader) } ?? phrases.text(PersonalPhrase.languageOfMessenger, reader)
    }

    /// A zone as its place.
    private func zone(_ name: String) -> String {
        name.split(separator: "/").last.map { String($0.replacing("_", with: " ")) } ?? name
    }

    private func marked(_ label: String, _ isChosen: Bool) -> String {
        isChosen ? "✅ \(label)" : label
    }

    private func tap(_ label: String, _ button: PersonalButton) -> Screen.Control {
        .tap(label, .personal(button))
    }

    private func back(_ language: Language) -> Screen.Control {
        tap(phrases.text(BotPhrase.buttonBack, language), .settings)
    }
}
