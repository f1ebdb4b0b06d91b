import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/progress`: where the member stands, and what every XP was for.
struct ProgressPages: Sendable {
    /// Lines of the ledger on a page; those of one show or episode stand together.
    private static let pageSize = 40

    private struct BadgeView {
        var name: String
        var how: String
        /// How far it is, in words; nil for one that the member has.
        var standing: String?
    }

    private struct LineView {
        var text: String
        var xp: String
    }

    private struct GroupView {
        var title: String
        var day: String
        var xp: String
        var reason: String?
        var lines: [LineView]
    }

    private struct View {
        var level: String
        var levelName: String
        var xp: String
        /// Of the way to the next level, 0 to 100.
        var percent: String
        var next: String
        var engagement: String
        var streak: String
        var place: String?
        var thanks: String?
        var held: [BadgeView]
        var ahead: [BadgeView]
        var groups: [GroupView]
        var isEmpty: Bool
        var ways: [String]
        var moreLink: String?
        var firstLink: String?
    }

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.pages(.get, "/progress", show)
    }

    @Sendable private func show(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let (member, phrases, language) = (asker.member, services.phrases, context.language)
        let written = try request.fields()["cursor"] ?? ""
        let cursor = PageCursor(text: written)
        if !written.isEmpty, cursor == nil { throw RequestFault.invalidField("cursor") }
        let progress = try await services.progress.progress(of: member.id)
        let start = cursor.map(PageStart.after) ?? .first
        let page = try await services.history.groups(of: member.id, from: start, limit: Self.pageSize)
        let place = member.settings.isHidden ? nil : try await services.boards.place(of: member.id, .allTime)
        let thanks = try await services.thanks.count(.to(member.id))
        let words = XPWords(phrases: phrases, language: language)
        let zone = try await services.library.zone()
        let next = progress.level.next
        let view = View(
            level: "\(progress.level.rawValue)",
            levelName: phrases.text(ProgressPhrase(progress.level), language),
            xp: XPWords.grouped(progress.xp),
            percent: "\(Int(progress.level.progress(at: progress.xp) * 100))",
            next: next.map { level in
                let name = phrases.text(ProgressPhrase(level), language)
                let left = XPWords.grouped(progress.left ?? 0)
                return pages.text(.progressNext, context, ["xp": left, "name": name])
            } ?? pages.text(.progressTop, context),
            engagement: "\(Int(progress.engagement.score.rounded()))",
            streak: pages.text(.progressStreak, context, count: progress.streak.weeks),
            place: place.map { pages.text(.progressPlace, context, ["place": "\($0.place)"]) },
            thanks: thanks == 0 ? nil : pages.text(.progressThanks, context, count: thanks),
            held: progress.badges.map { badge($0.badge, nil, language) },
            ahead: ahead(progress, context),
            groups: page.items.map { group in
                GroupView(
                    title: words.title(group),
                    day: words.day(group.day, in: zone),
                    xp: XPWords.signed(group.xp),
                    reason: group.reason,
                    lines: group.lines.map { LineView(text: words.what($0), xp: XPWords.signed($0.xp)) }
                )
            },
            isEmpty: page.items.isEmpty,
            ways: SeenPhrase.ways.map { phrases.text($0, language) },
            moreLink: page.next.map { "/progress?cursor=\(FormFields.encoded($0.text))" },
            firstLink: cursor == nil ? nil : "/progress"
        )
        return .page(pages.render(.progress, title: pages.text(.progressTitle, context), view, context))
    }

    private func ahead(_ progress: MemberProgress, _ context: WebContext) -> [BadgeView] {
        let held = Set(progress.badges.map(\.badge))
        return Badge.allCases.filter { !held.contains($0) }.map { badge in
            let standing = badge.standing(progress.sums).map { standing in
                // Listening is counted in milliseconds and told in hours.
                let unit = badge == .hundredHours ? 3_600_000 : 1
                let numbers = ["count": "\(standing.count / unit)", "goal": "\(standing.goal / unit)"]
                return pages.text(.progressStanding, context, numbers)
            }
            return self.badge(badge, standing, context.language)
        }
    }

    private func badge(_ badge: Badge, _ standing: String?, _ language: Language) -> BadgeView {
        BadgeView(
            name: services.phrases.text(ProgressPhrase(badge), language),
            how: services.phrases.text(SeenPhrase(howToGet: badge), language),
            standing: standing
        )
    }
}
