import Foundation

/// The keys of the phrases that one part of the program uses. The phrasebook is checked to have each of them.
public protocol PhraseKey: RawRepresentable<String>, CaseIterable, Sendable {}

/// Phrases that every part uses: what a refusal says.
public enum CommonPhrase: String, PhraseKey {
    case refusalNotSignedIn = "refusal.not_signed_in"
    case refusalNotAMember = "refusal.not_a_member"
    case refusalBanned = "refusal.banned"
    case refusalNotAllowed = "refusal.not_allowed"
    case refusalNotFound = "refusal.not_found"
    case refusalRequestPending = "refusal.request_pending"
    /// `{time}`: when the person may ask again.
    case refusalAskAgainLater = "refusal.ask_again_later"
    case refusalAboutOneself = "refusal.about_oneself"
    case refusalAboutTheOwner = "refusal.about_the_owner"
    case refusalJoiningClosed = "refusal.joining_closed"
    case refusalInviteEnded = "refusal.invite_ended"
    case refusalInviteOutOfRange = "refusal.invite_out_of_range"
    case refusalTooManyInvites = "refusal.too_many_invites"
    case refusalUnknownTimeZone = "refusal.unknown_time_zone"
    case refusalNothingToDecide = "refusal.nothing_to_decide"
    case refusalOwnerStays = "refusal.owner_stays"
    case refusalUnclearSetting = "refusal.unclear_setting"
    /// `{time}`: when the person may ask again.
    case refusalExportAgainLater = "refusal.export_again_later"
    case refusalWrongClaimCode = "refusal.wrong_claim_code"
    case refusalAlreadyClaimed = "refusal.already_claimed"
    case refusalAlreadyLinked = "refusal.already_linked"
    case refusalAccountOfAdmin = "refusal.account_of_admin"
    case refusalLinkExpired = "refusal.link_expired"
    case refusalSpeakLinkExpired = "refusal.speak_link_expired"
    case refusalNothingToSearch = "refusal.nothing_to_search"
    case refusalSignInRefused = "refusal.sign_in_refused"
    case refusalSignInExpired = "refusal.sign_in_expired"
    case refusalNothingToAnnounce = "refusal.nothing_to_announce"
    case refusalAnnouncementTooLong = "refusal.announcement_too_long"
    case refusalBroadcastOver = "refusal.broadcast_over"
    case refusalHeardInMessengerOnly = "refusal.heard_in_messenger_only"
    case refusalRecordingOnItsWay = "refusal.recording_on_its_way"
    case refusalBadgeIsEarned = "refusal.badge_is_earned"
    case refusalXPOutOfRange = "refusal.xp_out_of_range"
    case refusalReasonMissing = "refusal.reason_missing"
    case refusalThanksToOneself = "refusal.thanks_to_oneself"
    case refusalAlreadyThanked = "refusal.already_thanked"
    /// `{time}`: when there are new ones.
    case refusalThanksSpent = "refusal.thanks_spent"
    case refusalMomentOutOfEpisode = "refusal.moment_out_of_episode"
    case refusalTitleMissing = "refusal.title_missing"
    case refusalTitleTooLong = "refusal.title_too_long"
    case refusalSummaryTooLong = "refusal.summary_too_long"
    case refusalDurationOutOfRange = "refusal.duration_out_of_range"
    case refusalHandLevelOutOfRange = "refusal.hand_level_out_of_range"
    case refusalTimeInThePast = "refusal.time_in_the_past"
    case refusalTimeTooFar = "refusal.time_too_far"
    case refusalUnclearTime = "refusal.unclear_time"
    case refusalTimeNotThere = "refusal.time_not_there"
    case refusalTimeTwice = "refusal.time_twice"
    case refusalTooManyShows = "refusal.too_many_shows"
    case refusalTooManyCoHosts = "refusal.too_many_co_hosts"
    case refusalNoHost = "refusal.no_host"
    case refusalShowHasBegun = "refusal.show_has_begun"
    case refusalShowOver = "refusal.show_over"
    case refusalShowCancelled = "refusal.show_cancelled"
    case refusalShowNotLive = "refusal.show_not_live"
    case refusalHostIsLive = "refusal.host_is_live"
    case refusalNothingToRepeat = "refusal.nothing_to_repeat"
    case refusalBeatOutOfRange = "refusal.beat_out_of_range"
    case refusalBeatOutOfOrder = "refusal.beat_out_of_order"
    case refusalListeningElsewhere = "refusal.listening_elsewhere"
    case refusalPlayEnded = "refusal.play_ended"
    /// `{date}`: title of an episode that says nothing about itself.
    case untitledEpisode = "episode.untitled"
    /// `{id}`: an unexpected error, with the id under which the log has it.
    case somethingWentWrong = "error.unexpected"
}

/// The club's words: `Resources/Phrases/{ru,en}.json`, one flat object of key to phrase for each language.
///
/// A phrase is a text with `{placeholders}`, or an object of plural forms (`one`, `few`, `many`, `other`: CLDR's
/// categories) from which `{count}` chooses. Phrases may hold the HTML of Telegram's parse mode where their users
/// say so; arguments are put in as they are given, so the caller escapes them.
public struct Phrasebook: Sendable {
    /// Why the phrases cannot be used. Each names the file's language and the key.
    public enum Fault: Error, Equatable, CustomStringConvertible {
        /// The file is not there or is no flat JSON object.
        case unreadable(Language, path: String)
        /// A key that the program uses has no phrase.
        case missing(Language, key: String)
        /// The languages' phrases have different placeholders.
        case placeholdersDiffer(key: String)
        /// A plural phrase lacks a form that the language needs.
        case pluralFormMissing(Language, key: String, form: String)

        public var description: String {
            switch self {
            case .unreadable(let language, let path):
                "The phrases for '\(language.rawValue)' cannot be read at \(path); is RESOURCES_DIR right?"
            case .missing(let language, let key):
                "The phrase '\(key)' is missing in \(language.rawValue).json."
            case .placeholdersDiffer(let key):
                "The phrase '\(key)' has different placeholders in different languages."
            case .pluralFormMissing(let language, let key, let form):
                "The phrase '\(key)' lacks the plural form '\(form)' in \(language.rawValue).json."
            }
        }
    }

    enum Entry: Sendable {
        case text(PhraseTemplate)
        case plural([String: PhraseTemplate])

        var placeholders: Set<String> {
            switch self {
            case .text(let template): template.placeholders
            case .plural(let forms): forms.values.reduce(into: []) { $0.formUnion($1.placeholders) }
            }
        }
    }

    private let entries: [Language: [String: Entry]]

    /// Reads and checks all languages.
    /// - `folder`: Has one `<language>.json` for each language.
    /// - `required`: The keys that the program uses.
    public init(folder: URL, requiring required: [String]) throws(Fault) {
        var entries: [Language: [String: Entry]] = [:]
        for language in Language.allCases {
            let file = folder.appending(path: "\(language.rawValue).json")
            guard let data = try? Data(contentsOf: file),
                let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            else { throw .unreadable(language, path: file.path) }
            entries[language] = try Self.entries(object, language: language, path: file.path)
        }
        self.entries = entries
        for key in Set(required).union(entries.values.flatMap(\.keys)).sorted() { try check(key) }
    }

    /// The phrase of `key` with `arguments` in place of its placeholders.
    /// `count`: chooses the plural form, and is `{count}`.
    public func text(
        _ key: some PhraseKey,
        _ language: Language,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) -> String {
        text(key: key.rawValue, language, arguments, count: count) ?? key.rawValue
    }

    /// As `text(_:_:_:count:)`, for keys that stand in templates.
    /// - Returns: nil where there is no such phrase.
    public func text(
        key: String,
        _ language: Language,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) -> String? {
        guard let entry = entries[language]?[key] else { return nil }
        var arguments = arguments
        if let count { arguments["count"] = String(count) }
        switch entry {
        case .text(let template): return template.filled(with: arguments)
        case .plural(let forms):
            let form = language.pluralForm(count ?? 0)
            return (forms[form] ?? forms["other"])?.filled(with: arguments) ?? ""
        }
    }

    /// What a refusal says.
    public func text(_ refusal: Refusal, _ language: Language, zone: TimeZone) -> String {
        var arguments: [String: String] = [:]
        if case .room(let refusal) = refusal { arguments = refusal.arguments }
        if let time = refusal.endsAt { arguments["time"] = Self.moment(time, language: language, zone: zone) }
        return text(key: "refusal.\(refusal.code)", language, arguments) ?? refusal.code
    }

    /// All keys and plain phrases of a language, for pages that need several.
    public func keys(_ language: Language) -> [String] {
        (entries[language] ?? [:]).keys.sorted()
    }

    /// A day and time as the language writes them.
    public static func moment(_ date: Date, language: Language, zone: TimeZone) -> String {
        let template = language == .ru ? "d MMMM 'в' HH:mm" : "d MMMM 'at' HH:mm"
        return formatted(date, template: template, language: language, zone: zone)
    }

    /// A day as the language writes it.
    public static func day(_ date: Date, language: Language, zone: TimeZone) -> String {
        formatted(date, template: "d MMMM yyyy", language: language, zone: zone)
    }

    // MARK: Details

    private static func formatted(_ date: Date, template: String, language: Language, zone: TimeZone) -> String {
        let formatter = DateFormatter()
        formatter.locale = Locale(identifier: language == .ru ? "ru_RU" : "en_GB")
        formatter.timeZone = zone
        formatter.dateFormat = template
        return formatter.string(from: date)
    }

    private static func entries(
        _ object: [String: Any],
        language: Language,
        path: String
    ) throws(Fault) -> [String: Entry] {
        var entries: [String: Entry] = [:]
        for (key, value) in object {
            switch value {
            case let text as String: entries[key] = .text(PhraseTemplate(text))
            case let forms as [String: String]: entries[key] = .plural(forms.mapValues(PhraseTemplate.init))
            default: throw .unreadable(language, path: "\(path), key \(key)")
            }
        }
        return entries
    }

    private func check(_ key: String) throws(Fault) {
        var placeholders: Set<String>?
        for language in Language.allCases {
            guard let entry = entries[language]?[key] else { throw .missing(language, key: key) }
            if case .plural(let forms) = entry {
                for form in language.pluralForms where forms[form] == nil {
                    throw .pluralFormMissing(language, key: key, form: form)
                }
            }
            if let placeholders, placeholders != entry.placeholders { throw .placeholdersDiffer(key: key) }
            placeholders = entry.placeholders
        }
    }
}

extension Language {
    /// The plural categories of whole numbers. Source: CLDR, Language Plural Rules.
    var pluralForms: [String] {
        switch self {
        case .ru: ["one", "few", "many"]
        case .en: ["one", "other"]
        }
    }

    /// The plural category of a whole number.
    func pluralForm(_ count: Int) -> String {
        let number = count.magnitude
        switch self {
        case .en: return number == 1 ? "one" : "other"
        case .ru:
            let (tens, ones) = (number % 100, number % 10)
            if ones == 1 && tens != 11 { return "one" }
            if (2...4).contains(ones) && !(12...14).contains(tens) { return "few" }
            return "many"
        }
    }
}
