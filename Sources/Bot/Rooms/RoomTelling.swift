import Domain
import Foundation
import ServiceLifecycle

/// Tells people in their chats what happens in rooms: where their hand stands, that it is their turn, what hosts have
/// to see to. Messages go by the outbox.
///
/// What a card says stands in the store. After a start every show that is live, or ended a little while ago, is looked
/// through, so that what happened meanwhile is told.
public struct RoomTelling: Service {
    /// A message is edited at most this often.
    static let pace: Duration = .seconds(3)
    /// How long it waits where nothing happens, or the store is away.
    static let rest: Duration = .seconds(1)
    /// Shows that ended longer ago are not looked through at the start.
    static let past: Duration = .seconds(3_600)

    private let herald: RoomHerald
    private let teller: RoomTeller
    private let clock: any ClubClock
    private let outage: StoreOutage

    /// - `herald`: The one that hears the rooms of `services`.
    public init(
        herald: RoomHerald,
        directory: MemberDirectory,
        services: ClubServices,
        clock: any ClubClock,
        outage: StoreOutage
    ) {
        self.herald = herald
        teller = RoomTeller(directory: directory, club: services)
        self.clock = clock
        self.outage = outage
    }

    public func run() async throws {
        await cancelWhenGracefulShutdown {
            var round = RoomTellingRound()
            while !Task.isCancelled {
                await work(&round)
                await herald.arrived.wait(atMost: Self.rest, clock: clock)
            }
        }
    }

    /// Tells what is due at this moment.
    func work(_ round: inout RoomTellingRound) async {
        var fault: ChangeFailure?
        if !round.isStarted {
            do throws(ChangeFailure) {
                round.start(try await teller.shows(since: clock.now.addingTimeInterval(-Self.past.seconds)))
            } catch {
                fault = error
            }
        }
        for (session, notes) in herald.take() { round.add(notes, of: session) }
        fault = await tell(&round) ?? fault
        if let fault {
            outage.met(fault, by: "messages of rooms")
        } else {
            outage.ended(for: "messages of rooms")
        }
    }

    /// - Returns: What kept a show from being told of; it is tried again, and keeps back no other.
    private func tell(_ round: inout RoomTellingRound) async -> ChangeFailure? {
        var fault: ChangeFailure?
        while let (session, notes) = round.next(now: clock.now) {
            do throws(ChangeFailure) {
                try await teller.tell(notes, of: session)
            } catch .refused {
                // The show is gone, and nobody has to be told of it.
                continue
            } catch {
                herald.putBack([session: notes])
                fault = error
            }
        }
        return fault
    }
}

/// What waits to be told, and when each show was told of the last time.
struct RoomTellingRound: Sendable {
    private var waiting: [LiveSessionID: RoomNotes] = [:]
    private var toldAt: [LiveSessionID: Date] = [:]
    private(set) var isStarted = false

    mutating func start(_ shows: [LiveSessionID]) {
        isStarted = true
        for show in shows { waiting[show, default: RoomNotes()].lookThrough() }
    }

    mutating func add(_ notes: RoomNotes, of session: LiveSessionID) {
        waiting[session, default: RoomNotes()].add(notes)
    }

    /// What may be told now: of a show at most once in `RoomTelling.pace`, and at once where somebody waits for it.
    mutating func next(now: Date) -> (LiveSessionID, RoomNotes)? {
        toldAt = toldAt.filter { now < $0.value.addingTimeInterval(RoomTelling.pace.seconds) }
        let ripe = waiting.first { session, notes in notes.isUrgent || toldAt[session] == nil }
        guard let (session, notes) = ripe else { return nil }
        waiting[session] = nil
        toldAt[session] = now
        return (session, notes)
    }
}
