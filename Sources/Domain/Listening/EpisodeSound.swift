import Foundation

/// How long the recordings of an episode are: by this it is told how much of it was heard.
public struct EpisodeSound: Sendable {
    /// What is heard of an episode by whoever has heard it to the end.
    public static let wholeShare = 0.9
    /// In so many points an episode is cut for its retention.
    public static let points = 100

    /// Each recording with its length, as they follow each other; nil where it is not known.
    private let recordings: [(id: RecordingID, length: Duration?)]

    public init(_ podcast: Podcast) {
        recordings = podcast.recordings.map { ($0.id, $0.duration) }
    }

    /// How long a recording is; nil where that is not known.
    /// - Throws: `.outOfRange` where the episode has no such recording.
    func length(of recording: RecordingID) throws(BeatRefusal) -> Duration? {
        guard let found = recordings.first(where: { $0.id == recording }) else { throw .outOfRange }
        return found.length
    }

    /// Whether nothing of the episode follows this recording.
    func isLast(_ recording: RecordingID) -> Bool { recordings.last?.id == recording }

    /// The cells whose middle lies in a stretch of a recording. Of the last cell, which may be shorter, its own middle
    /// counts.
    func cells(_ stretch: Range<Duration>, of recording: RecordingID) -> [Int] {
        let length = recordings.first { $0.id == recording }?.length
        let (cell, from, to) = (Self.cell, stretch.lowerBound.wholeMilliseconds, stretch.upperBound.wholeMilliseconds)
        guard from >= 0, from < to, to <= Int64(HeardCells.most) * cell else { return [] }
        return (Int(from / cell)...Int(to / cell)).filter { number in
            let start = Int64(number) * cell
            let end = min(start + cell, length?.wholeMilliseconds ?? .max)
            return end > start && (from..<to).contains((start + end) / 2)
        }
    }

    /// Whether as much was heard of it as counts as the whole. Never, where a length is not known.
    func isWhole(_ heard: HeardEpisode) -> Bool {
        guard let total, total > 0 else { return false }
        var sum: Int64 = 0
        for recording in recordings {
            let (cells, length) = (heard[recording.id], recording.length?.wholeMilliseconds ?? 0)
            for (number, start) in stride(from: 0, to: length, by: Int(Self.cell)).enumerated()
            where cells.contains(number) {
                sum += min(Self.cell, length - start)
            }
        }
        return Double(sum) >= Self.wholeShare * Double(total)
    }

    /// Which of the 100 points of the episode were heard; none where a length is not known.
    func points(of heard: HeardEpisode) -> HeardCells {
        var points = HeardCells()
        guard let total, total > 0 else { return points }
        for point in 0..<Self.points {
            var rest = total * Int64(2 * point + 1) / Int64(2 * Self.points)
            for recording in recordings {
                let length = recording.length?.wholeMilliseconds ?? 0
                if rest < length {
                    if heard[recording.id].contains(Int(rest / Self.cell)) { points.insert(point) }
                    break
                }
                rest -= length
            }
        }
        return points
    }

    /// In milliseconds; nil where a length is not known.
    private var total: Int64? {
        var sum: Int64 = 0
        for recording in recordings {
            guard let length = recording.length else { return nil }
            sum += length.wholeMilliseconds
        }
        return sum
    }

    private static let cell = HeardCells.length.wholeMilliseconds
}
