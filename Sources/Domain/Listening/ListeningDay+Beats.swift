import Foundation

extension ListeningDay {
    /// So much of a recording more than time allows may be heard in one beat: beats do not come evenly.
    private static let unevenness: Duration = .seconds(2)
    /// So much more of an episode than time allows may be heard on a day, before only time adds to it.
    private static let advance = 3

    /// Takes a beat, by the club's own clock.
    ///
    /// Credited is the real time that the player can have played since the last beat of whichever player of this
    /// person, since it began to play, and since midnight; so all players together are never credited with more than
    /// the time that has passed. A cell is heard when its middle was played; all cells of a day together are no more than
    /// its credited time at the greatest speed allows, and half a minute.
    ///
    /// The first beat of a day, of a player, and after a pause opens the play and is credited with nothing. Another
    /// player opens one where the first has stopped or been silent for `Heartbeat.silence`, or where the person has
    /// pressed play on it.
    /// The beat that was taken last changes nothing.
    /// - Parameters:
    ///   - beat: What the player says.
    ///   - podcast: What it plays.
    ///   - sound: How long that is.
    ///   - known: What was heard of it before this day.
    ///   - isCompleted: Whether it had been heard to the end before.
    ///   - now: When the beat came.
    /// - Throws: `.outOfRange`, `.outOfOrder`, `.elsewhere`; the day stays as it is.
    mutating func take(
        _ beat: Heartbeat,
        of podcast: PodcastID,
        sound: EpisodeSound,
        known: HeardEpisode,
        isCompleted: Bool,
        now: Date
    ) throws(BeatRefusal) {
        try Self.check(beat, sound)
        guard let gate else { return open(beat, now: now) }
        if gate.play == beat.play {
            if gate.number == beat.number { return }
            guard beat.number > gate.number else { throw .outOfOrder }
        } else {
            let silence = now.timeIntervalSince(gate.at)
            guard beat.state == .started || !gate.isPlaying || silence >= Heartbeat.silence.seconds else {
                throw .elsewhere
            }
        }
        guard gate.play == beat.play, gate.isPlaying, beat.state != .started else { return open(beat, now: now) }
        let credited = advance(gate, by: beat, now: now)
        credit(credited.time, of: beat, podcast, sound, reach: credited.reach, now: now)
        guard !isCompleted, let place = episodes.firstIndex(where: { $0.podcast == podcast }),
            episodes[place].completedAt == nil
        else { return }
        var heard = known
        heard.formUnion(episodes[place].heard)
        if sound.isWhole(heard) { episodes[place].completedAt = now }
    }

    private static func check(_ beat: Heartbeat, _ sound: EpisodeSound) throws(BeatRefusal) {
        let length = try sound.length(of: beat.recording)
        // A browser measures a file a little longer than it is.
        let end = length.map { $0 + .seconds(5) } ?? HeardCells.length * HeardCells.most
        guard Heartbeat.numbers.contains(beat.number), Heartbeat.speeds.contains(beat.speed),
            beat.from >= .zero, beat.from <= beat.to, beat.to <= end
        else { throw .outOfRange }
    }

    private mutating func open(_ beat: Heartbeat, now: Date) {
        let isPlaying = beat.state == .started || beat.state == .playing
        // Should the clock have been put back, time counts again when it is past what it was.
        let at = max(now, gate?.at ?? now)
        gate = Gate(play: beat.play, number: beat.number, at: at, isPlaying: isPlaying)
    }

    /// Moves the gate on.
    /// - Returns: What the beat is credited with, and how much of a recording can have been played.
    private mutating func advance(
        _ before: Gate,
        by beat: Heartbeat,
        now: Date
    ) -> (time: Duration, reach: Duration) {
        let passed = max(0, min(now.timeIntervalSince(before.at), Heartbeat.longest.seconds))
        let available = Int((passed * 1000).rounded()) + before.unspent
        let played = Double((beat.to - beat.from).wholeMilliseconds) / beat.speed
        let credited = min(available, Int(played))
        gate = Gate(
            play: beat.play,
            number: beat.number,
            at: max(now, before.at),
            isPlaying: beat.state == .playing,
            unspent: min(available - credited, 5_000),
            credited: credited
        )
        let reach = Duration.milliseconds(Int(Double(available) * Heartbeat.speeds.upperBound)) + Self.unevenness
        return (.milliseconds(credited), reach)
    }

    /// Writes down the time, and what was heard in it.
    private mutating func credit(
        _ time: Duration,
        of beat: Heartbeat,
        _ podcast: PodcastID,
        _ sound: EpisodeSound,
        reach: Duration,
        now: Date
    ) {
        let milliseconds = Int(time.wholeMilliseconds)
        guard milliseconds > 0, let place = place(of: podcast, now: now) else {
            gate?.credited = 0
            return
        }
        if segments.last?.podcast == podcast {
            segments[segments.count - 1].milliseconds += milliseconds
        } else if segments.count < Self.mostSegments {
            segments.append(Segment(podcast: podcast, milliseconds: milliseconds))
        } else {
            gate?.credited = 0
            return
        }
        let allowed = self.time(of: podcast).seconds * Heartbeat.speeds.upperBound / HeardCells.length.seconds
        var left = Int(allowed) + Self.advance - episodes[place].heard.count
        var heard = HeardCells()
        let known = episodes[place].heard[beat.recording]
        for cell in sound.cells(max(beat.from, beat.to - reach)..<beat.to, of: beat.recording)
        where left > 0 && !known.contains(cell) {
            heard.insert(cell)
            left -= 1
        }
        episodes[place].heard.add(heard, of: beat.recording)
    }

    /// Where the episode stands; nil where the day is full.
    private mutating func place(of podcast: PodcastID, now: Date) -> Int? {
        if let place = episodes.firstIndex(where: { $0.podcast == podcast }) { return place }
        guard episodes.count < Self.mostEpisodes else { return nil }
        episodes.append(Episode(podcast: podcast, since: now))
        return episodes.count - 1
    }
}
