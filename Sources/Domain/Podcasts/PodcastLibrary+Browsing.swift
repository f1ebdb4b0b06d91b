/// Ways through the library beside its list.
extension PodcastLibrary {
    /// How often another episode is drawn in place of the one that was just seen.
    private static let draws = 4

    /// The tags of the published episodes, those of most episodes first, then by the alphabet.
    public func tags(from offset: Int, limit: Int) async throws(ChangeFailure) -> [TagCount] {
        try await reading { () throws(StoreError) in try await store.podcasts.tags(from: offset, limit: limit) }
    }

    /// The tag for which `isMeant` is true, among all tags of published episodes; nil where none is.
    public func tag(where isMeant: (String) -> Bool) async throws(ChangeFailure) -> String? {
        let portion = 500
        var offset = 0
        while true {
            let tags = try await tags(from: offset, limit: portion)
            if let found = tags.first(where: { isMeant($0.tag) }) { return found.tag }
            guard tags.count == portion else { return nil }
            offset += portion
        }
    }

    /// A published episode, each as likely as any other; nil where there is none.
    /// `seen`: the one that was shown last, which is given only where hardly any other is there.
    public func random(besides seen: PodcastID? = nil) async throws(ChangeFailure) -> Podcast? {
        var drawn: Podcast?
        for _ in 0..<Self.draws {
            let draw = ids.draw()
            drawn = try await reading { () throws(StoreError) in try await store.podcasts.random(draw) }
            if drawn == nil || drawn?.id != seen { break }
        }
        return drawn
    }
}
