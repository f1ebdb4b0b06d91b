import Domain
import Foundation
import TestSupport
import Testing

@testable import Bot

/// People and episodes for a talk.
extension BotTalk {
    /// Lets people in, without a word to anybody.
    @discardableResult
    func admit(_ visitor: Visitor, role: Role = .member) async throws -> Member {
        let admitted = try await club.directory.admit(visitor.person, cause: club.cause("admit \(visitor.id)"))
        return try await change(admitted.id) { $0.role = role }
    }

    /// The club with its owner, a Russian and an English member.
    func open() async throws {
        try await admit(.owner, role: .owner)
        try await admit(.member)
        try await admit(.englishMember)
    }

    func member(_ visitor: Visitor) async throws -> Member {
        try #require(try await club.directory.find(.telegram(visitor.person.telegramID)))
    }

    @discardableResult
    func change(_ id: MemberID, _ edit: @escaping @Sendable (inout Member) -> Void) async throws -> Member {
        let cause = club.cause("edit \(UUID())")
        return try await club.store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member else { throw Refusal.notFound }
            edit(&member)
            return Change(member)
        }.state
    }

    /// Posts a recording in the channel.
    @discardableResult
    func post(_ message: Int64, _ caption: String, kind: String = "voice") async throws -> Podcast {
        _ = try await handle(recording(message, caption: caption, kind: kind))
        return try await podcast(message)
    }

    /// Posts recordings 1 to `count`, titled `Episode` and the number.
    func postEpisodes(_ count: Int64) async throws {
        for number in 1...count { try await post(number, "Episode \(number)") }
    }

    /// The episode that came from a post.
    func podcast(_ message: Int64) async throws -> Podcast {
        try #require(try await club.library.find(.post(Fixtures.post(message))))
    }

    @discardableResult
    func change(_ podcast: Podcast, _ edit: @escaping @Sendable (inout Podcast) -> Void) async throws -> Podcast {
        let cause = club.cause("edit \(UUID())")
        return try await club.store.podcasts.change(.id(podcast.id), cause: cause) { (podcast) throws(Refusal) in
            guard var podcast else { throw Refusal.notFound }
            edit(&podcast)
            return Change(podcast)
        }.state
    }
}
