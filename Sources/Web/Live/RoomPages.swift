import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/live/{id}`: the room of a show for those who are there. What happens in it comes over its WebSocket; before and
/// after the show, the page says so.
struct RoomPages: Sendable {
    /// What is chosen from in the host's panel.
    struct Choice {
        var value: String
        var label: String
    }

    private struct RoomView {
        var show: ShowView
        /// As the room's protocol calls it: `waiting` or `live`.
        var phase: String
        var isWaiting: Bool
        /// The page's own address, for the way back of answers.
        var here: String
        /// In which times are told.
        var zone: String
        /// A JSON object of the words that scripts put together.
        var words: String
        var levels: [Choice]
        var pauses: [Choice]
    }

    private struct OverView {
        var show: ShowView
        var eyebrow: String
        /// How many people were there; nil where nobody was, and until that is counted.
        var attendance: String?
        /// Why there is nothing to listen to.
        var noRecording: String?
    }

    /// What slow mode is offered with.
    private static let pauses: [Duration] = [.seconds(10), .seconds(30), .seconds(60), .seconds(300)]

    let services: WebServices
    let pages: Pages

    func add(to routes: inout RouteTable) {
        routes.roomPages(.get, "/live/{id}", room)
    }

    @Sendable private func room(
        _ request: Request,
        _ context: WebContext,
        _ who: @Sendable (LiveSessionID) async throws -> RoomVisitor
    ) async throws -> Response {
        let id = LiveSessionID(rawValue: try context.parameters.require("id"))
        let member = try await who(id).member
        var context = context
        context.language = member.language
        let session: LiveSession
        do {
            session = try await services.shows.session(id, for: member)
        } catch {
            guard case .refused(.notFound) = error else { throw error }
            return missing(context)
        }
        switch session.status {
        case .scheduled, .live: return try await open(session, context, member)
        case .ended, .recorded, .cancelled: return try await over(session, context, member)
        }
    }

    /// Notes that a member opened the page. The page is there whatever becomes of that.
    private func noteVisit(of member: Member, to session: LiveSessionID) async {
        do throws(ChangeFailure) {
            try await services.rooms.perform(.visit, by: RoomActor(RoomPerson(member)), in: session)
        } catch {
            // They were removed, the show is just over, or the store is away.
        }
    }

    /// The room's frame; what is in it is not known before its first `room_state`.
    private func open(_ session: LiveSession, _ context: WebContext, _ member: Member) async throws -> Response {
        await noteVisit(of: member, to: session.id)
        let clock = try await ShowClock(for: member, services: services, language: context.language)
        let facts = try await services.facts(of: session, for: member)
        let isWaiting = session.status == .scheduled
        let view = RoomView(
            show: ShowView(facts, clock: clock),
            phase: isWaiting ? "waiting" : "live",
            isWaiting: isWaiting,
            here: "/live/\(session.id)",
            zone: clock.zone.identifier,
            words: try words(context),
            levels: HandPolicy.levels.dropFirst().map { level in
                Choice(value: "level:\(level)", label: text(.modeLevel, context, ["level": "\(level)"]))
            },
            pauses: Self.pauses.map { Choice(value: "\($0.wholeSeconds)", label: label($0, context)) }
        )
        return .page(pages.render(.room, title: session.title, view, context))
    }

    /// What remains of a show: how it went, and its recording.
    private func over(_ session: LiveSession, _ context: WebContext, _ member: Member) async throws -> Response {
        let clock = try await ShowClock(for: member, services: services, language: context.language)
        let facts = try await services.facts(of: session, for: member)
        let recording = try await services.recording(of: session, for: member)
        let isCancelled = session.status == .cancelled
        let view = OverView(
            show: ShowView(facts, clock: clock, recording: recording),
            eyebrow: text(isCancelled ? .cancelled : .over, context),
            attendance: attendance(of: session, context),
            noRecording: text(isCancelled ? .cancelledText : .recordingLater, context)
        )
        return .page(pages.render(.roomOver, title: session.title, view, context))
    }

    /// As it was counted after the end. All pages are loaded anew at that moment: none of them counts itself.
    private func attendance(of session: LiveSession, _ context: WebContext) -> String? {
        guard let audience = session.audience, audience.people > 0 else { return nil }
        let arguments = [
            "people": "\(audience.people)", "peak": "\(audience.peak)", "speakers": "\(audience.speakers)",
            "average": "\(Int(audience.average.rounded()))",
        ]
        return text(.attendance, context, arguments)
    }

    private func missing(_ context: WebContext) -> Response {
        let message = Pages.Message(
            heading: text(.missing, context),
            text: text(.missingText, context),
            actionLink: "/lives",
            actionLabel: pages.text(.livesFirst, context)
        )
        return .page(pages.render(.message, title: message.heading, message, context), status: .notFound)
    }

    private func words(_ context: WebContext) throws -> String {
        let words = RoomWord.allCases.map { ($0.name, services.phrases.text($0, context.language)) }
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(Dictionary(uniqueKeysWithValues: words)), as: UTF8.self)
    }

    private func label(_ pause: Duration, _ context: WebContext) -> String {
        let seconds = pause.wholeSeconds
        if seconds % 60 == 0 { return text(.slowMinutes, context, ["minutes": "\(seconds / 60)"]) }
        return text(.slowSeconds, context, ["seconds": "\(seconds)"])
    }

    private func text(_ key: RoomPhrase, _ context: WebContext, _ arguments: [String: String] = [:]) -> String {
        services.phrases.text(key, context.language, arguments)
    }
}
