import Foundation

/// What members have heard of an episode, over all of them: changed with each listen, so that reading it costs the same
/// however many there are. It names nobody, and stays when somebody is forgotten.
public struct EpisodeFigures: StoredEntity, Identifiable {
    public enum Key: Hashable, Sendable {
        case id(PodcastID)
    }

    public static let collection = "episode_figures"
    public static let schema = 1

    public let id: PodcastID
    /// How many members have listened to it.
    public internal(set) var listeners = 0
    /// How many members have heard it to the end.
    public internal(set) var completions = 0
    /// How many members have heard each hundredth of it: 100 numbers.
    public internal(set) var retention = [Int](repeating: 0, count: EpisodeSound.points)

    public init(id: PodcastID) {
        self.id = id
    }

    mutating func add(_ batch: CountedListen.Batch) {
        if batch.isListener { listeners += 1 }
        if batch.isCompletion { completions += 1 }
        for point in retention.indices where batch.points.contains(point) { retention[point] += 1 }
    }
}

/// Keeps the figures of episodes.
public protocol EpisodeFiguresStore: EntityStore where Entity == EpisodeFigures {}

/// What of one listen was counted in the figures of its episode.
///
/// It is counted batch by batch, each under its number, and the next is made up only when the figures have the one
/// before; so each thing is counted once, whatever crashed between the two documents.
struct CountedListen: Codable, Equatable, Sendable {
    /// What is added to the figures in one step.
    struct Batch: Codable, Equatable, Sendable {
        let number: Int
        let isListener: Bool
        let isCompletion: Bool
        let points: HeardCells
    }

    /// So many new points are worth a batch of their own while somebody listens.
    private static let worthwhile = 5

    /// The batch that the figures may not have yet.
    private(set) var batch: Batch?
    /// Of the last batch.
    private var number = 0
    private var hasListener = false
    private var hasCompletion = false
    private var points = HeardCells()

    init() {}

    /// Makes up a batch where there is something new.
    /// - `isPausing`: whether nothing more may come for a while, so that few points are enough.
    mutating func prepare(points heard: HeardCells, isCompleted: Bool, isPausing: Bool) {
        guard batch == nil else { return }
        var fresh = HeardCells()
        for point in 0..<EpisodeSound.points where heard.contains(point) && !points.contains(point) {
            fresh.insert(point)
        }
        let isNew = !hasListener || (isCompleted && !hasCompletion)
        guard isNew || fresh.count >= (isPausing ? 1 : Self.worthwhile) else { return }
        number += 1
        batch = Batch(
            number: number,
            isListener: !hasListener,
            isCompletion: isCompleted && !hasCompletion,
            points: fresh
        )
    }

    /// The figures have a batch.
    mutating func settle(_ number: Int) {
        guard let done = batch, done.number == number else { return }
        batch = nil
        hasListener = true
        hasCompletion = hasCompletion || done.isCompletion
        points.formUnion(done.points)
    }
}
