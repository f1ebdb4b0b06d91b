/// A tag of the library, and how many published episodes have it.
public struct TagCount: Equatable, Hashable, Sendable {
    /// So many a store gives at once.
    public static let most = 1_000

    /// As `SearchTokeniser.tag` writes it.
    public var tag: String
    public var episodes: Int

    public init(tag: String, episodes: Int) {
        self.tag = tag
        self.episodes = episodes
    }
}

extension Podcast {
    /// Its tags as they are looked up, each once, in their order: two ways to write a tag are one tag.
    public var tagKeys: [String] {
        tags.compactMap { SearchTokeniser.tag($0) }.reduce(into: []) { keys, key in
            if !keys.contains(key) { keys.append(key) }
        }
    }
}
