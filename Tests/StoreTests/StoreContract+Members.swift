import Domain
import Foundation
import TestSupport
import Testing

extension StoreContract {
    static let members = [
        StoreCheck("active members of a role and above are listed, the oldest first") { bench in
            try await bench.add(Fixtures.member(1, role: .owner, now: bench.after(30)))
            try await bench.add(Fixtures.member(2, role: .admin, now: bench.after(10)))
            try await bench.add(Fixtures.member(3, role: .host, now: bench.after(5)))
            try await bench.add(Fixtures.member(4, role: .member, now: bench.after(20)))
            try await bench.add(Fixtures.member(5, role: .admin, membership: .left, now: bench.after(0)))
            let expected: [Role: [Int64]] = [
                .owner: [1], .admin: [2, 1], .host: [3, 2, 1], .member: [3, 2, 4, 1],
            ]
            for (role, numbers) in expected {
                let found = try await bench.store.members.active(atLeast: role)
                #expect(found.map(\.telegramID?.rawValue) == numbers)
            }
        },
        StoreCheck("whoever is known the longest is found, also where they have left") { bench in
            #expect(try await bench.store.members.oldest() == nil)
            try await bench.add(Fixtures.member(2, now: bench.after(20)))
            try await bench.add(Fixtures.member(4, membership: .left, now: bench.after(10)))
            try await bench.add(Fixtures.member(3, now: bench.after(10)))
            #expect(try await bench.store.members.oldest()?.id == Fixtures.member(3).id)
        },
        StoreCheck("people are counted by their membership") { bench in
            try await bench.add(Fixtures.member(1))
            try await bench.add(Fixtures.member(2))
            try await bench.add(Fixtures.member(3, membership: .pending))
            try await bench.add(Fixtures.member(4, membership: .banned))
            let expected: [Membership: Int] = [.active: 2, .pending: 1, .left: 0, .banned: 1]
            for (membership, count) in expected {
                #expect(try await bench.store.members.count(membership) == count)
            }
            _ = try await bench.store.members.change(.id(Fixtures.member(1).id), cause: Fixtures.cause(1)) { known in
                var member = known ?? Fixtures.member(1)
                member.membership = .left
                return Change(member)
            }
            #expect(try await bench.store.members.count(.active) == 1)
            #expect(try await bench.store.members.count(.left) == 1)
            #expect(try await bench.store.members.active(atLeast: .member).map(\.id) == [Fixtures.member(2).id])
        },
        StoreCheck("people who wait for an answer are listed, those who asked first coming first") { bench in
            let asked: [Int64: Double] = [1: 30, 2: 10, 3: 20, 5: 10]
            for (number, seconds) in asked {
                var member = Fixtures.member(number, membership: .pending, now: bench.after(-Double(number)))
                member.requestedAt = bench.after(seconds)
                try await bench.add(member)
            }
            try await bench.add(Fixtures.member(4, membership: .pending, now: bench.after(15)))
            for (number, membership) in [Membership.active, .left, .banned].enumerated() {
                var member = Fixtures.member(Int64(10 + number), membership: membership)
                member.requestedAt = bench.now
                try await bench.add(member)
            }
            let members = bench.store.members
            #expect(try await members.pending(limit: 9).map(\.telegramID?.rawValue) == [2, 5, 4, 3, 1])
            #expect(try await members.pending(limit: 2).map(\.telegramID?.rawValue) == [2, 5])
            #expect(try await members.pending(limit: 0).isEmpty)
            _ = try await members.change(.id(Fixtures.member(2).id), cause: Fixtures.cause(1)) { known in
                var member = known ?? Fixtures.member(2)
                member.membership = .active
                return Change(member)
            }
            #expect(try await members.pending(limit: 9).map(\.telegramID?.rawValue) == [5, 4, 3, 1])
        },
        StoreCheck("people are listed, the newest first, whole or by their standing, in pages") { bench in
            let standings: [Int64: Membership] = [1: .active, 2: .banned, 3: .active, 4: .left, 5: .active]
            for (number, membership) in standings {
                // Two of them at the same moment: then by their ids.
                let moment = bench.after(Double(min(number, 4)))
                try await bench.add(Fixtures.member(number, membership: membership, now: moment))
            }
            let members = bench.store.members
            let wanted: [(Membership?, [Int64])] = [
                (nil, [5, 4, 3, 2, 1]), (.active, [5, 3, 1]), (.banned, [2]), (.pending, []),
            ]
            for (membership, numbers) in wanted {
                var seen: [Member] = []
                var start = PageStart.first
                for _ in 1...3 {
                    let page = try await members.list(membership, from: start, limit: 2)
                    seen += page.items
                    guard let next = page.next else { break }
                    start = .after(next)
                }
                #expect(seen.map(\.telegramID?.rawValue) == numbers)
                let skipped = try await members.list(membership, from: .offset(1), limit: 9)
                #expect(skipped.items.map(\.telegramID?.rawValue) == Array(numbers.dropFirst()))
                #expect(skipped.next == nil)
            }
            #expect(try await members.list(nil, from: .first, limit: 0).items.isEmpty)
        },
        StoreCheck("people to check are found by urgency, those that were due first coming first") { bench in
            let checks: [(Int64, MembershipCheck.Urgency, Double)] = [
                (1, .daily, 5), (2, .daily, 3), (3, .now, 9), (4, .daily, 3), (5, .daily, 60),
            ]
            for (number, urgency, seconds) in checks {
                var member = Fixtures.member(number)
                member.check = MembershipCheck(urgency, dueAt: bench.after(seconds))
                try await bench.add(member)
            }
            try await bench.add(Fixtures.member(6))
            let members = bench.store.members
            let due = try await members.toCheck(.daily, now: bench.after(5), limit: 9)
            #expect(due.map(\.telegramID?.rawValue) == [2, 4, 1])
            #expect(try await members.toCheck(.daily, now: bench.after(5), limit: 1).map(\.id) == [due[0].id])
            #expect(try await members.toCheck(.daily, now: bench.after(5), limit: 0).isEmpty)
            #expect(try await members.toCheck(.now, now: bench.after(8), limit: 9).isEmpty)
            #expect(try await members.toCheck(.now, now: bench.after(9), limit: 9).map(\.telegramID?.rawValue) == [3])
            _ = try await members.change(.id(due[0].id), cause: Fixtures.cause(2)) { known in
                var member = known ?? due[0]
                member.check = nil
                return Change(member)
            }
            let left = try await members.toCheck(.daily, now: bench.after(60), limit: 9)
            #expect(left.map(\.telegramID?.rawValue) == [4, 1, 5])
        },
        StoreCheck("a member comes back as it was stored") { bench in
            var member = Member(
                id: MemberID(rawValue: "m"),
                person: Fixtures.person(5, name: "Ёлка «Ель» 🎄", username: "yolka", language: .en),
                role: .host,
                membership: .active,
                now: bench.after(0.123)
            )
            member.requestedAt = bench.after(-5)
            member.decision = JoinDecision(isApproved: true, by: MemberID(rawValue: "admin"), at: bench.after(-4))
            member.isReachable = false
            member.clubChat = .group
            member.check = MembershipCheck(.daily, dueAt: bench.after(86_400), failures: 2)
            member.clubChatRequest = ChatID(rawValue: -5)
            try await bench.add(member)
            #expect(try await bench.store.members.find(.id(member.id)) == member)
        },
        StoreCheck("people without a Telegram account stand beside each other") { bench in
            try await bench.add(Fixtures.claimable(1))
            try await bench.add(Fixtures.claimable(2))
            for number in Int64(1)...2 {
                let person = Fixtures.claimable(number)
                #expect(try await bench.store.members.find(.id(person.id)) == person)
            }
            #expect(try await bench.store.members.count(.left) == 2)
        },
        StoreCheck("a Telegram account goes over from one member to another") { bench in
            try await bench.add(Fixtures.claimable(1))
            try await bench.add(Fixtures.member(7))
            let directory = MemberDirectory(store: bench.store, clock: bench.clock, ids: Fixtures.ids())
            let id = Fixtures.claimable(1).id
            let linked = try await directory.link(id, to: Fixtures.person(7), by: nil, cause: Fixtures.cause(1))
            #expect(try await bench.store.members.find(.telegram(Fixtures.person(7).telegramID)) == linked)
            #expect(linked.id == id)
            let left = try #require(try await bench.store.members.find(.id(Fixtures.member(7).id)))
            #expect(left.telegramID == nil)
            #expect(left.continuesAs == id)
            #expect(try await bench.store.members.active(atLeast: .member) == [linked])
        },
    ]

    static let signIn = [
        StoreCheck("a sign-in link is found by both secrets") { bench in
            let link = SignInLink(
                id: SecretDigest(rawValue: "payload"),
                poll: SecretDigest(rawValue: "poll"),
                number: 42,
                device: "Firefox, Linux",
                expiresAt: bench.after(300)
            )
            _ = try await bench.store.signInLinks.change(.id(link.id), cause: Fixtures.cause(1)) { _ in Change(link) }
            #expect(try await bench.store.signInLinks.find(.id(link.id)) == link)
            #expect(try await bench.store.signInLinks.find(.poll(link.poll)) == link)
            #expect(try await bench.store.signInLinks.find(.poll(link.id)) == nil)
        },
        StoreCheck("a link onto a stage is spent once, by whoever is first") { bench in
            let member = Fixtures.member(2)
            try await bench.add(member)
            let links = SpeakLinks(
                store: bench.store,
                clock: ManualClock(now: bench.now),
                ids: Fixtures.ids(),
                hasher: Fixtures.hasher
            )
            let show = LiveSessionID(rawValue: "show-1")
            let secret = try await links.issue(for: member.id, in: show, until: bench.after(60))
            #expect(try await links.isGood(secret, in: show))
            let redeemed = await withTaskGroup(of: Int.self) { group in
                for attempt in 1...6 {
                    group.addTask {
                        let cause = Fixtures.cause(attempt)
                        return (try? await links.redeem(secret, in: show, cause: cause)) == nil ? 0 : 1
                    }
                }
                return await group.reduce(0, +)
            }
            #expect(redeemed == 1)
            #expect(try await !links.isGood(secret, in: show))
        },
        StoreCheck("a member's open sessions are listed, the newest first") { bench in
            for number in 1...4 {
                try await addSession(number, of: Fixtures.member(1), at: bench.after(Double(number)), to: bench)
            }
            try await addSession(5, of: Fixtures.member(2), at: bench.now, to: bench)
            try await end(2, at: bench.after(10), in: bench)
            let lifetime = AuthSession.lifetime.seconds
            let member = Fixtures.member(1).id
            let found = try await bench.store.authSessions.open(of: member, now: bench.after(60))
            #expect(found.map(\.id.rawValue) == ["session-4", "session-3", "session-1"])
            let later = try await bench.store.authSessions.open(of: member, now: bench.after(3 + lifetime))
            #expect(later.map(\.id.rawValue) == ["session-4"])
        },
    ]

    static func addSession(_ number: Int, of member: Member, at moment: Date, to bench: StoreBench) async throws {
        let session = AuthSession(
            id: AuthSessionID(rawValue: "session-\(number)"),
            memberID: member.id,
            way: .link,
            device: "Firefox",
            now: moment
        )
        _ = try await bench.store.authSessions.change(.id(session.id), cause: Fixtures.cause(1)) { _ in
            Change(session)
        }
    }

    static func end(_ number: Int, at moment: Date, in bench: StoreBench) async throws {
        let id = AuthSessionID(rawValue: "session-\(number)")
        _ = try await bench.store.authSessions.change(.id(id), cause: Fixtures.cause(2)) { (session) throws(Refusal) in
            guard var session else { throw .notSignedIn }
            session.endedAt = moment
            return Change(session)
        }
    }
}
