import Foundation

/// What a person has said to others in thanks, and others to them.
extension Privacy {
    /// Thanks that a person gave and got, the newest of each first.
    func thanks(of member: MemberID, limit: Int) async throws(ChangeFailure) -> [Thanks] {
        try await reading { () throws(StoreError) in
            let given = try await store.thanks.list(.from(member), from: .first, limit: limit).items
            return given + (try await store.thanks.list(.to(member), from: .first, limit: limit).items)
        }
    }

    /// Takes all of it out of the lists, words and all. What remains are ids that name nobody any more.
    func eraseThanks(of member: MemberID) async throws(ChangeFailure) {
        let now = clock.now
        let cause = Cause(rawValue: "forget:\(member)")
        for listing in [ThanksListing.from(member), .to(member)] {
            while true {
                let found = try await reading { () throws(StoreError) in
                    try await store.thanks.list(listing, from: .first, limit: 200).items
                }
                guard !found.isEmpty else { break }
                for thanks in found {
                    _ = try await store.thanks.change(.id(thanks.id), cause: cause) { (thanks) throws(Refusal) in
                        guard var thanks else { throw .notFound }
                        (thanks.words, thanks.erasedAt) = (nil, now)
                        return Change(thanks)
                    }
                }
            }
        }
    }
}

extension MemberExport.Thank {
    init(_ thanks: Thanks, of member: MemberID) {
        self.init(
            byYou: thanks.from == member,
            episode: thanks.podcast.rawValue,
            seconds: thanks.position.map { Int($0.wholeSeconds) },
            // What others have said is theirs as much as the reader's: it was said to them.
            words: thanks.words,
            at: thanks.at
        )
    }
}
