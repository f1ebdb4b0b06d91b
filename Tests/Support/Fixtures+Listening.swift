import Foundation

@testable import Domain

extension Fixtures {
    /// A player of somebody.
    public static func play(_ number: Int = 1) -> PlayID { PlayID(rawValue: "play-\(number)") }

    /// What a player says of the first recording of an episode; without `from`, that nothing was played since.
    public static func beat(
        _ number: Int,
        from: Double? = nil,
        to: Double,
        speed: Double = 1,
        _ state: Heartbeat.State = .playing,
        play: Int = 1,
        of podcast: Podcast
    ) -> Heartbeat {
        Heartbeat(
            play: Self.play(play),
            number: number,
            recording: podcast.recordings[0].id,
            from: .milliseconds(Int64((from ?? to) * 1_000)),
            to: .milliseconds(Int64(to * 1_000)),
            speed: speed,
            state: state
        )
    }

    /// An episode with recordings that last for so many seconds each.
    public static func episode(_ number: Int64 = 1, lasting lengths: Double?...) -> Podcast {
        var podcast = podcast(number)
        podcast.recordings = lengths.enumerated().map { place, length in
            var recording = Recording(
                id: RecordingID(rawValue: "recording-\(number)-\(place)"),
                posts: [],
                file: file("file-\(number)-\(place)")
            )
            recording.duration = length.map { .milliseconds(Int64($0 * 1_000)) }
            return recording
        }
        return podcast
    }

    /// A day on which the first minute of the episode 1 was listened to.
    public static func listeningDay(_ person: Int64, now: Date) throws -> ListeningDay {
        let podcast = podcast(1)
        var day = ListeningDay(member: member(person).id, day: ClubDay(now, in: .gmt))
        let beats = [(beat(1, to: 0, .started, of: podcast), 0.0), (beat(2, from: 0, to: 60, of: podcast), 60)]
        for (beat, after) in beats {
            try day.take(
                beat,
                of: podcast.id,
                sound: EpisodeSound(podcast),
                known: HeardEpisode(),
                isCompleted: false,
                now: now.addingTimeInterval(after)
            )
        }
        return day
    }

    /// How far somebody is with an episode, with a batch that is still to be counted.
    public static func listen(_ person: Int64, to number: Int64, now: Date = start) -> Listen {
        let podcast = podcast(number)
        var listen = Listen(member: member(person).id, podcast: podcast.id, now: now)
        var cells = HeardCells()
        for cell in [0, 3, 9] { cells.insert(cell) }
        listen.heard.add(cells, of: podcast.recordings[0].id)
        listen.completedAt = now
        listen.position = ListeningPosition(recording: podcast.recordings[0].id, offset: .milliseconds(12_345))
        listen.counted.prepare(points: cells, isCompleted: true, isPausing: true)
        return listen
    }

    /// What the program of the given number has fetched of the episode 1.
    public static func downloadHit(_ number: Int, at moment: Date) -> DownloadHit {
        DownloadHit(podcast(1).id, DownloadAudience(rawValue: "audience-\(number)"), now: moment)
    }
}
