import Domain
import Foundation
import HTTPTypes
import Hummingbird

/// `/api/podcasts/{id}/progress`: where a member is in an episode, and the beats of their players.
struct ProgressRoutes: Sendable {
    /// What a player sends.
    private struct BeatRequest: Decodable {
        var token: String
        var number: Int
        var recording: String
        /// In seconds.
        var from: Double
        var to: Double
        var speed: Double?
        var state: String
    }

    let services: WebServices
    let tokens: PlayTokens
    /// Of the addresses, and of each member.
    let limits: (households: RateLimiter, members: RateLimiter)

    func add(to routes: inout RouteTable) {
        routes.members(.get, "/api/podcasts/{id}/progress", progress)
        routes.members(.post, "/api/podcasts/{id}/progress", beat)
    }

    @Sendable private func progress(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let member = asker.member
        let podcast = try await podcast(context, member)
        let listen = try await services.listening.listen(member.id, to: podcast.id)
        let token = tokens.token(for: services.ids.next(), member.id, podcast.id)
        return try .json(ListeningAnswer(listen, of: podcast, token: token))
    }

    @Sendable private func beat(
        _ request: Request,
        _ context: WebContext,
        _ asker: SignedIn
    ) async throws -> Response {
        let member = asker.member
        try limits.households.admit(context.client)
        try limits.members.admit(member.id)
        let podcast = try await podcast(context, member)
        let sent = try await request.json(BeatRequest.self)
        let play = try tokens.play(sent.token, of: member.id, podcast.id)
        guard let state = Heartbeat.State(rawValue: sent.state) else { throw RequestFault.invalidField("state") }
        let beat = Heartbeat(
            play: play,
            number: sent.number,
            recording: RecordingID(rawValue: sent.recording),
            from: try Self.offset(sent.from),
            to: try Self.offset(sent.to),
            speed: sent.speed ?? 1,
            state: state
        )
        let answer = try await services.listening.take(beat, of: podcast, by: member.id)
        let token = tokens.token(for: play, member.id, podcast.id)
        return try .json(ListeningAnswer(answer.listen, of: podcast, token: token, credited: answer.credited))
    }

    private func podcast(_ context: WebContext, _ member: Member) async throws -> Podcast {
        let id = PodcastID(rawValue: try context.parameters.require("id"))
        return try await services.library.podcast(.id(id), for: member)
    }

    /// A place in a recording, in seconds.
    private static func offset(_ seconds: Double) throws(Refusal) -> Duration {
        guard (0...86_400).contains(seconds) else { throw .listening(.outOfRange) }
        return .milliseconds(Int64((seconds * 1_000).rounded()))
    }
}

/// How far a member is with an episode, as the API shows it.
struct ListeningAnswer: Encodable {
    struct PositionAnswer: Encodable {
        var recording: String
        var seconds: Double
        var at: Date
    }

    /// Where they go on; nil where they have not begun, or have reached the end.
    var position: PositionAnswer?
    /// How much of it was heard, from 0 to 1; nil where its length is not known.
    var heard: Double?
    var completed: Bool
    var completedAt: Date?
    /// In an answer to a beat: how many seconds it was credited with.
    var creditedSeconds: Double?
    /// To be sent with the next beat.
    var token: String
    /// After how many seconds the next one is expected.
    var beatSeconds = Int(Heartbeat.period.wholeSeconds)

    init(_ listen: Listen?, of podcast: Podcast, token: String, credited: Duration? = nil) {
        position = listen.flatMap { listen in
            listen.position.map {
                PositionAnswer(
                    recording: $0.recording.rawValue,
                    seconds: $0.offset.seconds,
                    at: listen.lastListenedAt
                )
            }
        }
        let share = listen.map { $0.share(of: podcast) } ?? podcast.duration.map { _ in 0 }
        heard = share.map { ($0 * 1_000).rounded() / 1_000 }
        completed = listen?.completedAt != nil
        completedAt = listen?.completedAt
        creditedSeconds = credited?.seconds
        self.token = token
    }
}
