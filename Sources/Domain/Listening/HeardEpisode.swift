import Foundation

/// What of an episode was heard, recording by recording.
public struct HeardEpisode: Codable, Equatable, Sendable {
    /// What of one recording was heard.
    struct Part: Codable, Equatable, Sendable {
        let recording: RecordingID
        var cells: HeardCells
    }

    /// No more recordings of one episode are kept apart; an album has fewer.
    static let mostParts = 100

    /// Each recording once, in the order in which they were first heard.
    private(set) var parts: [Part] = []

    public init() {}

    /// What of a recording was heard.
    public subscript(recording: RecordingID) -> HeardCells {
        parts.first { $0.recording == recording }?.cells ?? HeardCells()
    }

    /// How many cells were heard.
    public var count: Int { parts.reduce(0) { $0 + $1.cells.count } }

    public mutating func add(_ cells: HeardCells, of recording: RecordingID) {
        guard !cells.isEmpty else { return }
        if let place = parts.firstIndex(where: { $0.recording == recording }) {
            parts[place].cells.formUnion(cells)
        } else if parts.count < Self.mostParts {
            parts.append(Part(recording: recording, cells: cells))
        }
    }

    public mutating func formUnion(_ other: HeardEpisode) {
        for part in other.parts { add(part.cells, of: part.recording) }
    }
}
