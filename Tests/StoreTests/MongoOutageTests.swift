import Domain
import Foundation
import MongoStore
import TestSupport
import Testing

/// A server that goes away, hangs or comes back.
@Suite(.enabled(if: WireServer.isInstalled, "no TEST_WIRE_URL"), .timeLimit(.minutes(3)))
struct MongoOutageTests {
    private func bench(_ server: WireServer) async throws -> StoreBench {
        let url = server.url
        return try await StoreBench { try await MongoClubStore.open(url: url, database: "club", signal: $0, clock: $1) }
    }

    private func isUnavailable(_ error: (any Error)?) -> Bool {
        var failure = error as? StoreError
        if case .store(let error) = error as? ChangeFailure { failure = error }
        guard case .unavailable(let source, _) = failure else { return false }
        return source.hasPrefix("MongoDB ")
    }

    @Test func `a server that is gone costs errors that name it, and serves again when it is back`() async throws {
        let server = try WireServer()
        let bench = try await bench(server)
        try await bench.add(Fixtures.member())
        server.end()
        await #expect { try await bench.store.ping() } throws: { isUnavailable($0) }
        await #expect { try await bench.add(Fixtures.member(2)) } throws: { isUnavailable($0) }
        await #expect { try await bench.claim() } throws: { isUnavailable($0) }

        let port = try #require(URL(string: server.url)?.port)
        let back = try WireServer(port: port)
        try await bench.store.ping()
        try await bench.add(Fixtures.member(3))
        #expect(try await bench.store.members.find(.id(Fixtures.member(3).id)) != nil)
        await bench.store.close()
        withExtendedLifetime(back) {}
    }

    @Test func `what was asked of a server that hangs ends in time, and can be asked again without doing it twice`()
        async throws
    {
        let server = try WireServer()
        let bench = try await bench(server)
        try await bench.add(Fixtures.member())
        server.hang()
        let began = ContinuousClock.now
        let failures = await withTaskGroup(of: (any Error)?.self) { group in
            for number in 1...40 {
                group.addTask {
                    do {
                        try await rename(number, in: bench)
                        return nil
                    } catch {
                        return error
                    }
                }
            }
            return await group.reduce(into: []) { $0.append($1) }
        }
        #expect(failures.allSatisfy(isUnavailable))
        // The limit of one call is 10 s; they share 16 connections.
        #expect(ContinuousClock.now - began < .seconds(60))

        server.goOn()
        for number in 1...40 { try await rename(number, in: bench) }
        for number in 1...40 { try await rename(number, in: bench) }
        #expect(try await bench.store.outbox.counts(bot: .club).queued == 40)
        await bench.store.close()
    }

    /// One change with one message, by a cause of its own.
    private func rename(_ number: Int, in bench: StoreBench) async throws {
        let draft = Fixtures.draft("renamed-\(number)", chat: Int64(number))
        _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: Fixtures.cause(number)) { member in
            var member = member ?? Fixtures.member()
            member.name = "Name \(number)"
            return Change(member, outbox: [draft])
        }
    }

    @Test func `a wrong password and an address that is none are refused at the opening`() async throws {
        let server = try WireServer(user: "fomo", password: "right-one")
        let wrong = server.url.replacing("mongodb://", with: "mongodb://fomo:wrong-one@")
        for url in [wrong, "mongodb://", "http://127.0.0.1", "mongodb://127.0.0.1/?tls=maybe"] {
            let clock = ManualClock()
            await #expect {
                _ = try await MongoClubStore.open(url: url, database: "club", signal: OutboxSignal(), clock: clock)
            } throws: { error in
                !"\(error)".contains("wrong-one")
            }
        }
        let right = server.url.replacing("mongodb://", with: "mongodb://fomo:right-one@")
        let store = try await MongoClubStore.open(
            url: right,
            database: "club",
            signal: OutboxSignal(),
            clock: ManualClock()
        )
        #expect(!store.summary.contains("right-one"))
        #expect(store.summary.contains("127.0.0.1"))
        await store.close()
    }
}
