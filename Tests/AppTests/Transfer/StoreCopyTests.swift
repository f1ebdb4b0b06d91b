import Domain
import Foundation
import TestSupport
import Testing

@testable import App

@Suite(.timeLimit(.minutes(1)))
struct StoreCopyTests {
    private let place: TransferPlace
    private let source: any ClubStore

    init() async throws {
        place = try TransferPlace()
        source = try place.sqlite("source")
        try await source.fill(now: place.clock.now)
    }

    /// So many members more, which is several pages.
    private func addMembers(_ count: Int, to store: any ClubStore) async throws {
        let members = try (1_001...1_000 + count).map { number in
            try StoredRecord(EntityRecord(Fixtures.member(Int64(number)), causes: []))
        }
        try await store.loader.load(members, into: .users)
    }

    @Test func `a copy holds everything, and works`() async throws {
        let destination = place.memory()
        try await place.copy(source, to: destination)
        #expect(try await destination.records == source.records)
        #expect(try await UnfinishedCopy.refusal(of: destination) == nil)
        let found = try await destination.podcasts.list(PodcastQuery(words: ["елк"]), from: .first, limit: 9)
        #expect(found.items.map(\.title) == ["Ёлка"])
        #expect(try await destination.inbox.pending(bot: .club, after: 0, limit: 9).map(\.entry.updateID) == [5, 3])
    }

    @Test func `copied there and back it is the same`() async throws {
        let middle = place.memory()
        let back = try place.sqlite("back")
        try await place.copy(source, to: middle)
        try await place.copy(middle, to: back)
        #expect(try await back.records == source.records)
        await back.close()
    }

    @Test func `how far it is can be followed`() async throws {
        try await addMembers(1_200, to: source)
        try await place.copy(source, to: place.memory())
        let said = place.said
        #expect(said.first == "Copying \(source.summary) to memory")
        // The clock stands still, so of each collection the first line and the last are due.
        #expect(said.filter { $0.hasPrefix("users: ") } == ["users: 500 of 1203", "users: 1203 of 1203"])
        #expect(said.contains("podcasts: 2 of 2"))
        #expect(said.last == "Done: memory holds what \(source.summary) holds.")
    }

    /// A page for each collection, and a second one for so many members.
    private static let pages = StoredCollection.allCases.count + 1

    @Test(arguments: 0..<pages)
    func `a copy that was interrupted goes on where it was`(_ loads: Int) async throws {
        try await addMembers(600, to: source)
        let destination = try place.sqlite("destination")
        let broken = TroubledStore(destination, .init(loadsLeft: loads))
        let failure = TransferFault.store(.unavailable(source: "test", code: 7), place: destination.summary)
        await #expect(throws: failure) { try await place.copy(source, to: broken) }
        let refusal = try #require(try await UnfinishedCopy.refusal(of: destination))
        #expect(refusal.contains(source.summary))

        let healed = TroubledStore(destination, .init())
        try await place.copy(source, to: healed)
        #expect(healed.loadCount == Self.pages - loads)
        #expect(place.said.contains("Going on to copy \(source.summary) to \(destination.summary)"))
        #expect(try await destination.records == source.records)
        #expect(try await UnfinishedCopy.refusal(of: destination) == nil)
        await destination.close()
    }

    @Test func `a copy of another source is left as it is`() async throws {
        let destination = place.memory()
        let broken = TroubledStore(destination, .init(loadsLeft: 2))
        await #expect(throws: TransferFault.self) { try await place.copy(source, to: broken) }
        let before = try await destination.records

        let other = try place.sqlite("other")
        try await other.fill(now: place.clock.now)
        let fault = TransferFault.unfinished(place: "memory", source: source.summary)
        await #expect(throws: fault) { try await place.copy(other, to: destination) }
        #expect(try await destination.records == before)
        await other.close()
    }

    @Test func `an unfinished copy is no source`() async throws {
        let middle = place.memory()
        let broken = TroubledStore(middle, .init(loadsLeft: 3))
        await #expect(throws: TransferFault.self) { try await place.copy(source, to: broken) }
        let fault = TransferFault.unfinished(place: "memory", source: source.summary)
        await #expect(throws: fault) { try await place.copy(middle, to: place.sqlite("end")) }
    }

    @Test func `a store with a club in it is not written to`() async throws {
        let destination = place.memory()
        try await addMembers(1, to: destination)
        let before = try await destination.records
        await #expect(throws: TransferFault.notEmpty(what: "memory")) {
            try await place.copy(source, to: destination)
        }
        #expect(try await destination.records == before)
        #expect(try await UnfinishedCopy.refusal(of: destination) == nil)
    }

    @Test func `an empty source is said to be one`() async throws {
        await #expect(throws: TransferFault.empty(place: "memory")) {
            try await place.copy(place.memory(), to: place.sqlite("destination"))
        }
    }

    @Test(arguments: [true, false])
    func `a store on which a club runs elsewhere is neither read nor written`(_ isSource: Bool) async throws {
        let destination = place.memory()
        let store: any ClubStore = isSource ? source : destination
        let end = place.clock.after(.seconds(60))
        let lease = Lease(name: "poller-1", holder: "h", place: "there", expiresAt: end)
        _ = try await store.leases.acquire(lease, now: place.clock.now, takesOverSamePlace: false)
        let fault = TransferFault.running(place: store.summary, where: "there")
        await #expect(throws: fault) { try await place.copy(source, to: destination) }
        #expect(try await destination.records.values.allSatisfy { $0.isEmpty })

        place.clock.advance(by: .seconds(61))
        try await place.copy(source, to: destination)
    }

    @Test func `what a crash left of a club at this place does not hinder`() async throws {
        let end = place.clock.after(.seconds(60))
        let lease = Lease(name: "poller-1", holder: "h", place: "here", expiresAt: end)
        _ = try await source.leases.acquire(lease, now: place.clock.now, takesOverSamePlace: false)
        try await place.copy(source, to: place.memory())
    }

    @Test(arguments: StoredCollection.allCases)
    func `a difference in any collection is found and named`(_ collection: StoredCollection) async throws {
        let destination = place.memory()
        let losing = TroubledStore(destination, .init(change: { $1 == collection ? $0.dropLast() : $0 }))
        await #expect(throws: TransferFault.differs(collection, place: "memory")) {
            try await place.copy(source, to: losing)
        }
        #expect(try await UnfinishedCopy.refusal(of: destination) != nil)
    }

    @Test func `a source that changed between two attempts is found out`() async throws {
        let destination = place.memory()
        let broken = TroubledStore(destination, .init(loadsLeft: 3))
        await #expect(throws: TransferFault.self) { try await place.copy(source, to: broken) }
        _ = try await source.members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(77)) { _ in
            Change(Fixtures.member(1))
        }
        await #expect(throws: TransferFault.differs(.users, place: "memory")) {
            try await place.copy(source, to: destination)
        }
    }

    @Test func `what goes wrong is one line without a document's contents`() {
        let faults: [TransferFault] = [
            .store(.corrupt(collection: "users", detail: "wrong type at name"), place: "SQLite, x"),
            .differs(.users, place: "SQLite, x"), .damaged(file: "x", detail: "y"), .file("x", code: 28),
        ]
        #expect(faults.allSatisfy { !$0.description.contains("\n") && $0.description.contains("x") })
        #expect(TransferFault.file("x", code: 28).description == "'x': No space left on device.")
    }
}
