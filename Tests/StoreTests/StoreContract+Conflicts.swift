import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let conflicts = [
        StoreCheck("two members cannot have one Telegram id") { bench in
            try await bench.add(Fixtures.member(1))
            let double = Member(
                id: MemberID(rawValue: "double"),
                person: Fixtures.person(1),
                membership: .active,
                now: bench.now
            )
            await #expect(throws: ChangeFailure.store(.conflict(collection: "users"))) {
                _ = try await bench.store.members.change(.id(double.id), cause: Fixtures.cause(1)) { _ in
                    Change(double, outbox: [Fixtures.draft("never")])
                }
            }
            #expect(try await bench.store.members.find(.id(double.id)) == nil)
            #expect(try await bench.store.members.find(.telegram(Fixtures.person(1).telegramID)) == Fixtures.member(1))
            #expect(try await bench.claim().isEmpty)
        },
        StoreCheck("two podcasts cannot have one recording, file or post") { bench in
            try await bench.add(Fixtures.podcast(1))
            let file = Fixtures.file("file-1")
            let other = Fixtures.file("file-2")
            let recordings = [
                Recording(id: RecordingID(rawValue: "recording-1"), posts: [Fixtures.post(2)], file: other),
                Recording(id: RecordingID(rawValue: "recording-2"), posts: [Fixtures.post(1)], file: other),
                Recording(id: RecordingID(rawValue: "recording-2"), posts: [Fixtures.post(2)], file: file),
            ]
            for recording in recordings {
                var double = Fixtures.podcast(2)
                double.recordings = [recording]
                let state = double
                await #expect(throws: ChangeFailure.store(.conflict(collection: "podcasts"))) {
                    _ = try await bench.store.podcasts.change(.id(state.id), cause: Fixtures.cause(1)) { _ in
                        Change(state)
                    }
                }
                #expect(try await bench.store.podcasts.find(.id(state.id)) == nil)
            }
            try await bench.add(Fixtures.podcast(2))
        },
        StoreCheck("what a document gives up another may have") { bench in
            try await bench.add(Fixtures.podcast(1))
            _ = try await bench.store.podcasts.change(.id(Fixtures.podcast(1).id), cause: Fixtures.cause(1)) { known in
                var podcast = known ?? Fixtures.podcast(1)
                let id = podcast.recordings[0].id
                podcast.recordings[0] = Recording(id: id, posts: [Fixtures.post(9)], file: Fixtures.file("file-9"))
                return Change(podcast)
            }
            var heir = Fixtures.podcast(2)
            heir.recordings[0].posts = [Fixtures.post(1)]
            heir.recordings[0].fileUniqueID = FileUniqueID(rawValue: "file-1")
            try await bench.add(heir)
            #expect(try await bench.store.podcasts.find(.post(Fixtures.post(1))) == heir)
            #expect(try await bench.store.podcasts.find(.post(Fixtures.post(9)))?.id == Fixtures.podcast(1).id)
        },
        StoreCheck("two sign-in links cannot have one secret") { bench in
            let first = link(id: "payload", poll: "poll")
            try await add(first, to: bench)
            let double = link(id: "other", poll: "poll")
            await #expect(throws: ChangeFailure.store(.conflict(collection: "sign_in_links"))) {
                try await add(double, to: bench)
            }
            #expect(try await bench.store.signInLinks.find(.poll(SecretDigest(rawValue: "poll"))) == first)
        },
        StoreCheck("a rule that returns another document's id is a conflict") { bench in
            try await bench.add(Fixtures.member(1))
            try await bench.add(Fixtures.member(2))
            await #expect(throws: ChangeFailure.store(.conflict(collection: "users"))) {
                _ = try await bench.store.members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(1)) { _ in
                    Change(Fixtures.member(3))
                }
            }
            await #expect(throws: ChangeFailure.store(.conflict(collection: "users"))) {
                let unknown = TelegramUserID(rawValue: 99)
                _ = try await bench.store.members.change(.telegram(unknown), cause: Fixtures.cause(1)) { _ in
                    Change(Fixtures.member(2))
                }
            }
            #expect(try await bench.store.members.find(.id(Fixtures.member(1).id)) == Fixtures.member(1))
            #expect(try await bench.store.members.find(.id(Fixtures.member(2).id)) == Fixtures.member(2))
            #expect(try await bench.store.members.find(.id(Fixtures.member(3).id)) == nil)
        },
        StoreCheck("a change that fails does not hurt those beside it") { bench in
            try await bench.add(Fixtures.member(1))
            let failures = await withTaskGroup(of: Bool.self) { group in
                for number in Int64(1)...40 {
                    group.addTask {
                        let telegram = number.isMultiple(of: 4) ? 1 : 1_000 + number
                        let member = Member(
                            id: MemberID(rawValue: "new-\(number)"),
                            person: Fixtures.person(telegram),
                            membership: .active,
                            now: Fixtures.start
                        )
                        do {
                            try await bench.add(member)
                            return false
                        } catch {
                            return true
                        }
                    }
                }
                return await group.reduce(into: 0) { $0 += $1 ? 1 : 0 }
            }
            #expect(failures == 10)
            #expect(try await bench.store.members.count(.active) == 31)
        },
    ]

    private static func link(id: String, poll: String) -> SignInLink {
        SignInLink(
            id: SecretDigest(rawValue: id),
            poll: SecretDigest(rawValue: poll),
            number: 42,
            device: "Firefox",
            expiresAt: Fixtures.start
        )
    }

    private static func add(_ link: SignInLink, to bench: StoreBench) async throws {
        _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in Change(link) }
    }
}
