import Domain
import Foundation

/// How a show is planned, step by step. Nothing is kept between the steps: what was said before stands in the message.
extension Conversation {
    /// `/newlive`: with title and time the show is planned at once, with a title a day is asked for, else a title.
    func newLive(_ text: String, by member: Member, cause: Cause) async throws(ChangeFailure) -> Reply {
        try Self.checkHost(member)
        let screens = try await showScreens(for: member)
        guard !text.isEmpty else { return .prompt(screens.question(.newTitle), isForOne: false) }
        let time: ShowTime
        do throws(Refusal) {
            time = try ShowTime(reading: text, now: screens.times.now, zone: screens.times.zone)
        } catch .unclearTime {
            return .show(screens.days(.newShow(title: try title(text))))
        } catch {
            throw .refused(error)
        }
        let plan = ShowPlan(title: try title(time.words), startsAt: time.startsAt)
        return .show(try await published(plan, by: member, cause: cause))
    }

    /// A tap on a button of a draft.
    func plan(
        _ button: ShowButton,
        _ tap: Tap,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> [Reply] {
        try Self.checkHost(member)
        let screens = try await showScreens(for: member)
        switch button {
        case .new: return [done(tap), .prompt(screens.question(.newTitle), isForOne: false)]
        case .beginNow: return [done(tap), .prompt(screens.question(.titleNow), isForOne: false)]
        case .dropDraft: return [done(tap), .change(tap.message, Screen(text: screens.say(.dropped)))]
        default: break
        }
        guard let title = ShowDraft.title(in: tap.text) else { return [stale(tap, member.language)] }
        switch button {
        case .plan(.typed): return [done(tap), .prompt(screens.question(.newTime, about: title), isForOne: false)]
        case .plan(let pick): return [done(tap), .change(tap.message, try await step(pick, title, screens))]
        case .draft(.publish, let draft):
            // By the message, so that tapping twice makes one show.
            let cause = tap.message.map { Cause(rawValue: "newlive:\($0.chat):\($0.message)") } ?? cause
            let screen = try await published(draft.plan(title: title), by: member, cause: cause)
            return [note(.toastPublished, tap, member.language, isAlert: false), .change(tap.message, screen)]
        case .draft(.lengths, let draft):
            return [done(tap), .change(tap.message, screens.lengths(of: draft, title: title))]
        case .draft(.hands, let draft):
            return [done(tap), .change(tap.message, screens.policies(of: draft, title: title))]
        case .draft(.review, let draft):
            return [done(tap), .change(tap.message, screens.review(draft, title: title))]
        default: return [stale(tap, member.language)]
        }
    }

    private func step(
        _ pick: ShowPick,
        _ title: String,
        _ screens: ShowScreens
    ) async throws(ChangeFailure) -> Screen {
        switch pick {
        case .days, .typed: screens.days(.newShow(title: title))
        case .hours(let day): screens.hours(of: day, .newShow(title: title))
        case .minute(let minute): try await review(ShowDraft.date(ofMinute: minute), title, screens)
        }
    }

    private func review(
        _ start: Date,
        _ title: String,
        _ screens: ShowScreens
    ) async throws(ChangeFailure) -> Screen {
        guard start > screens.times.now else { throw .refused(.timeInThePast) }
        var draft = ShowDraft(startsAt: start)
        draft.hands = try await club.office.settings().handPolicy
        return screens.review(draft, title: title)
    }

    private func published(_ plan: ShowPlan, by member: Member, cause: Cause) async throws(ChangeFailure) -> Screen {
        try await managed(try await club.shows.schedule(plan, by: member, cause: cause).id, for: member)
    }

    // MARK: Replies to questions

    func take(_ answer: ShowAnswer, by member: Member, cause: Cause) async throws(ChangeFailure) -> Reply {
        let screens = try await showScreens(for: member)
        guard let text = answer.text?.trimmingCharacters(in: .whitespacesAndNewlines), !text.isEmpty else {
            return .show(Screen(text: phrases.html(BotPhrase.noWords, member.language)))
        }
        switch answer.prompt {
        case .newTitle:
            try Self.checkHost(member)
            return .show(screens.days(.newShow(title: try title(text))))
        case .newTime:
            try Self.checkHost(member)
            let start = try time(text, screens)
            guard let title = answer.title else { throw .refused(.titleMissing) }
            return .show(try await review(start, title, screens))
        case .titleNow:
            return .show(try await begin(text, by: member, cause: cause))
        case .field(let field, let id):
            return .show(try await take(field, of: id, text, screens, by: member, cause: cause))
        }
    }

    private func take(
        _ field: ShowField,
        of id: LiveSessionID,
        _ text: String,
        _ screens: ShowScreens,
        by member: Member,
        cause: Cause
    ) async throws(ChangeFailure) -> Screen {
        switch field {
        case .title: return try await change(id, ShowEdit(title: text), by: member, cause: cause)
        case .summary: return try await change(id, ShowEdit(summary: text), by: member, cause: cause)
        case .time:
            let minute = ShowDraft.minute(of: try time(text, screens))
            let view = try await managedView(of: id, for: member)
            return try await move(view, to: minute, nil, by: member, cause: cause)
        case .coHost:
            guard let name = text.wholeMatch(of: /@?([A-Za-z0-9_]{1,64})/) else {
                return Screen(text: screens.say(.whatName))
            }
            guard let person = try await directory.active(username: String(name.1)) else {
                return Screen(text: screens.say(.nobodyOfThatName, ["name": "@\(name.1)"]))
            }
            _ = try await club.shows.addCoHost(person.id, to: id, by: member, cause: cause)
            return try await coHosts(of: id, for: member)
        }
    }

    // MARK: Details

    private func time(_ text: String, _ screens: ShowScreens) throws(ChangeFailure) -> Date {
        do throws(Refusal) {
            let time = try ShowTime(reading: text, now: screens.times.now, zone: screens.times.zone)
            guard time.words.isEmpty else { throw .unclearTime }
            return time.startsAt
        } catch {
            throw .refused(error)
        }
    }

    /// A title in one line.
    private func title(_ text: String) throws(ChangeFailure) -> String {
        let title = PlainText.line(text, limit: LiveSession.titleLength + 1)
        guard !title.isEmpty else { throw .refused(.titleMissing) }
        guard title.unicodeScalars.count <= LiveSession.titleLength else { throw .refused(.titleTooLong) }
        return title
    }

    private static func checkHost(_ member: Member) throws(ChangeFailure) {
        guard member.role >= .host else { throw .refused(.notAllowed) }
    }
}
