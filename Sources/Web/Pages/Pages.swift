import Domain
import Foundation
import HTTPTypes

/// Lays pages out: puts what a page shows into the frame that all pages have, and into words.
struct Pages: Sendable {
    /// What templates see: the frame's values, and the page's own as `page`.
    struct Frame {
        var language: String
        var title: String
        var clubTitle: String
        /// The member's name; nil for strangers.
        var memberName: String?
        var memberInitial: String?
        var isLibrary: Bool
        var isNotifications: Bool
        /// How many notifications the member has not read, nil for none; from a hundred on, `99+`.
        var unread: String?
        /// The same in words.
        var unreadLabel: String
        var isProgress: Bool
        var isMembers: Bool
        var isLives: Bool
        var isManagement: Bool
        var isAnalytics: Bool
        /// Whether the member runs shows.
        var isHost: Bool
        var t: PagePhrases
        var assets: [String: String]
        var page: Any
    }

    /// What a page with one message shows.
    struct Message {
        var heading: String
        var text: String
        var actionLink: String
        var actionLabel: String
    }

    let templates: PageTemplates
    let phrases: Phrasebook
    let assets: [String: String]
    let clubTitle: String
    let bot: BotAddress

    /// The page of a template, which calls `view` its `page`.
    func render(_ name: PageTemplates.Name, title: String, _ view: Any, _ context: WebContext) -> String {
        let member = try? context.visitor.signedIn().member
        let frame = Frame(
            language: context.language.rawValue,
            title: title,
            clubTitle: clubTitle,
            memberName: member?.name,
            memberInitial: member?.name.first.map { String($0).uppercased() },
            isLibrary: name == .library,
            isNotifications: name == .notifications,
            unread: context.unread == 0 ? nil : context.unread > 99 ? "99+" : "\(context.unread)",
            unreadLabel: text(.notificationsUnread, context, count: context.unread),
            isProgress: name == .progress,
            isMembers: name == .members,
            isLives: [.lives, .room, .roomOver].contains(name),
            isManagement: [.management, .question, .showForm].contains(name),
            isAnalytics: name == .analytics,
            isHost: member.map { $0.isActive && $0.role >= .host } ?? false,
            t: PagePhrases(phrases, context.language),
            assets: assets,
            page: view
        )
        return templates.render(name, frame)
    }

    /// A phrase in the visitor's language.
    func text(
        _ key: WebPhrase,
        _ context: WebContext,
        _ arguments: [String: String] = [:],
        count: Int? = nil
    ) -> String {
        phrases.text(key, context.language, arguments, count: count)
    }

    /// Tells people why there is no such page for them, and where to go on.
    func failure(_ failure: Failure, _ context: WebContext) throws -> String {
        let message = message(failure, context)
        return render(.message, title: message.heading, message, context)
    }

    private func message(_ failure: Failure, _ context: WebContext) -> Message {
        let library = (link: "/library", label: text(.actionLibrary, context))
        let detail = failure.message(phrases, context.language)
        switch failure {
        case .refusal(.notAMember), .refusal(.requestPending):
            return Message(
                heading: text(.notMemberTitle, context),
                text: text(.notMemberText, context),
                actionLink: bot.link("join").absoluteString,
                actionLabel: text(.notMemberAction, context)
            )
        case .refusal(.linkExpired), .refusal(.notSignedIn), .refusal(.signInExpired), .refusal(.signInRefused):
            return Message(
                heading: text(.refusedTitle, context),
                text: detail,
                actionLink: "/login",
                actionLabel: text(.actionLogin, context)
            )
        case .refusal(.notFound), .fault(.unknownAddress):
            return Message(
                heading: text(.notFoundTitle, context),
                text: text(.notFoundText, context),
                actionLink: library.link,
                actionLabel: library.label
            )
        case .refusal, .refusedField, .fault:
            let isOurs = failure.status.code >= 500
            return Message(
                heading: text(isOurs ? .brokenTitle : .refusedTitle, context),
                text: detail,
                actionLink: library.link,
                actionLabel: library.label
            )
        }
    }
}
