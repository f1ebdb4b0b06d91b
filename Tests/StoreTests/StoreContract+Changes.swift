import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let changes = [
        StoreCheck("a new store is empty and answers") { bench in
            try await bench.store.ping()
            #expect(try await bench.store.members.find(.id(Fixtures.member().id)) == nil)
            #expect(try await bench.store.settings.find(.club) == nil)
            #expect(!bench.store.summary.isEmpty)
        },
        StoreCheck("a rule makes a document and the next one sees it") { bench in
            let made = try await bench.store.members.change(.telegram(Fixtures.person().telegramID), cause: cause(1)) {
                #expect($0 == nil)
                return Change(Fixtures.member())
            }
            #expect(made.state == Fixtures.member())
            #expect(!made.isRepeat)
            let changed = try await rename("Anna", bench, cause(2))
            #expect(changed.state.name == "Anna")
            #expect(try await bench.store.members.find(.id(Fixtures.member().id)) == changed.state)
            #expect(try await bench.store.members.find(.telegram(Fixtures.person().telegramID)) == changed.state)
        },
        StoreCheck("many documents are found by their ids at once, each once") { bench in
            for number in 1...3 { try await bench.add(Fixtures.member(Int64(number))) }
            let asked = [1, 3, 3, 9].map { Fixtures.member($0).id }
            let found = try await bench.store.members.find(ids: asked)
            #expect(Set(found.map(\.id)) == [Fixtures.member(1).id, Fixtures.member(3).id] && found.count == 2)
            #expect(found.contains(Fixtures.member(3)))
            let many = (1...1_200).map { MemberID(rawValue: "member-\($0)") }
            #expect(try await bench.store.members.find(ids: many).count == 3)
            #expect(try await bench.store.authSessions.find(ids: []).isEmpty)
        },
        StoreCheck("concurrent changes of one document all count") { bench in
            try await bench.add(Fixtures.podcast(1))
            try await withThrowingTaskGroup(of: Void.self) { group in
                for number in 1...40 {
                    group.addTask {
                        _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: cause(number)) {
                            (podcast) throws(Refusal) in
                            guard var podcast else { throw .notFound }
                            podcast.tags.append("tag\(number)")
                            return Change(podcast)
                        }
                    }
                }
                try await group.waitForAll()
            }
            let podcast = try #require(try await bench.store.podcasts.find(.id(Fixtures.podcast(1).id)))
            #expect(Set(podcast.tags) == Set((1...40).map { "tag\($0)" }))
            #expect(podcast.tags.count == 40)
        },
        StoreCheck("a person who arrives twice at once becomes one member") { bench in
            let ids = try await withThrowingTaskGroup(of: MemberID.self) { group in
                for number in 1...20 {
                    group.addTask {
                        let id = MemberID(rawValue: "member-\(number)")
                        let person = Fixtures.person(7)
                        return try await bench.store.members.change(.telegram(person.telegramID), cause: cause(number))
                        {
                            Change($0 ?? Member(id: id, person: person, membership: .active, now: Fixtures.start))
                        }.state.id
                    }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(ids.count == 1)
            #expect(try await bench.store.members.count(.active) == 1)
        },
        StoreCheck("a cause is applied to a document once") { bench in
            try await bench.add(Fixtures.member())
            _ = try await rename("Anna", bench, cause(1), outbox: [Fixtures.draft("one")])
            _ = try await rename("Berta", bench, cause(2))
            let again = try await rename("Anna", bench, cause(1), outbox: [Fixtures.draft("two")])
            #expect(again.isRepeat)
            #expect(again.outbox.isEmpty)
            #expect(again.state.name == "Berta")
            #expect(try await bench.store.members.find(.id(Fixtures.member().id))?.name == "Berta")
            #expect(try await bench.claimed() == ["one"])
        },
        StoreCheck("a cause that comes several times at once is applied once") { bench in
            try await bench.add(Fixtures.podcast(1))
            let repeats = try await withThrowingTaskGroup(of: Bool.self) { group in
                for _ in 1...10 {
                    group.addTask {
                        try await bench.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: cause(1)) {
                            (podcast) throws(Refusal) in
                            guard var podcast else { throw .notFound }
                            podcast.summary += "once"
                            return Change(podcast)
                        }.isRepeat
                    }
                }
                return try await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(repeats == 9)
            #expect(try await bench.store.podcasts.find(.id(Fixtures.podcast(1).id))?.summary == "once")
        },
        StoreCheck("a cause of one document may be applied to another") { bench in
            try await bench.add(Fixtures.member(1))
            try await bench.add(Fixtures.member(2))
            _ = try await rename("Anna", bench, cause(1), number: 1)
            #expect(try await rename("Berta", bench, cause(1), number: 2).state.name == "Berta")
        },
        StoreCheck("a cause counts where the rule changed nothing") { bench in
            try await bench.add(Fixtures.member())
            _ = try await rename(Fixtures.member().name, bench, cause(1))
            #expect(try await rename("Anna", bench, cause(1)).isRepeat)
        },
        StoreCheck("a rule that refuses leaves nothing behind") { bench in
            try await bench.add(Fixtures.member())
            await #expect(throws: ChangeFailure.refused(.banned)) {
                _ = try await bench.store.members.change(.id(Fixtures.member().id), cause: cause(1)) {
                    (_) throws(Refusal) in throw .banned
                }
            }
            await #expect(throws: ChangeFailure.refused(.notFound)) {
                _ = try await rename("Nobody", bench, cause(1), number: 99)
            }
            #expect(try await bench.store.members.find(.id(Fixtures.member().id)) == Fixtures.member())
            #expect(try await bench.store.members.find(.id(Fixtures.member(99).id)) == nil)
            #expect(try await bench.store.outbox.counts(bot: .club) == OutboxCounts())
            #expect(try await rename("Anna", bench, cause(1)).isRepeat == false)
        },
        StoreCheck("a change stores its messages in their order and passes over known ones") { bench in
            try await bench.append(Fixtures.draft("known"))
            try await bench.add(Fixtures.member())
            let drafts = ["first", "known", "second"].map { Fixtures.draft($0) }
            #expect(try await rename("Anna", bench, cause(1), outbox: drafts).outbox == drafts)
            for key in ["known", "first", "second"] {
                let row = try #require(try await bench.claim().first)
                #expect(row.draft.dedupeKey == key)
                try await bench.settle(row, .sent(message: nil))
            }
            #expect(try await bench.claim().isEmpty)
        },
        StoreCheck("the club has one document of settings") { bench in
            let settings = ClubSettings(ownerID: Fixtures.member().id, timeZone: "Asia/Tbilisi")
            _ = try await bench.store.settings.change(.club, cause: cause(1)) { _ in Change(settings) }
            #expect(try await bench.store.settings.find(.club) == settings)
        },
        StoreCheck("a closed store answers nothing") { bench in
            try await bench.add(Fixtures.member())
            await bench.store.close()
            await bench.store.close()
            await #expect(throws: StoreError.self) { try await bench.store.ping() }
            await #expect {
                _ = try await rename("Anna", bench, cause(1))
            } throws: { error in
                guard case .store(.unavailable) = error as? ChangeFailure else { return false }
                return true
            }
            await #expect {
                _ = try await bench.store.members.find(.id(Fixtures.member().id))
            } throws: { error in
                guard case .unavailable = error as? StoreError else { return false }
                return true
            }
        },
    ]

    private static func cause(_ number: Int) -> Cause {
        Fixtures.cause(number)
    }

    private static func rename(
        _ name: String,
        _ bench: StoreBench,
        _ cause: Cause,
        number: Int64 = 1,
        outbox: [OutboxDraft] = []
    ) async throws -> Change<Member> {
        try await bench.store.members.change(.id(Fixtures.member(number).id), cause: cause) {
            (member) throws(Refusal) in
            guard var member else { throw .notFound }
            member.name = name
            return Change(member, outbox: outbox)
        }
    }
}
