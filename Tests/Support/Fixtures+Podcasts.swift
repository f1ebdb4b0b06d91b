import Domain
import Foundation

extension Fixtures {
    /// A message of the recording channel.
    public static func post(_ message: Int64) -> PostReference {
        PostReference(channel: channel, message: message)
    }

    /// A file as a bot sees it; its id for that bot is made of both names.
    public static func file(
        _ uniqueID: String = "file-1",
        kind: Recording.Kind = .voice,
        bot: BotName = .club,
        mediaType: String? = "audio/ogg",
        fileName: String? = nil,
        performer: String? = nil,
        title: String? = nil,
        duration: Duration? = .seconds(60),
        bytes: Int64? = 1_000
    ) -> PostedFile {
        PostedFile(
            kind: kind,
            uniqueID: FileUniqueID(rawValue: uniqueID),
            fileID: "\(uniqueID)-for-\(bot)",
            bot: bot,
            mediaType: mediaType,
            fileName: fileName,
            performer: performer,
            title: title,
            duration: duration,
            bytes: bytes
        )
    }

    /// A recording in the channel; without a file, one of its own that is named after the message.
    public static func recordingPost(
        _ message: Int64 = 1,
        caption: String = "Title",
        file: PostedFile? = nil,
        signature: String? = nil,
        album: AlbumID? = nil,
        postedAt: Date = start,
        editedAt: Date? = nil
    ) -> RecordingPost {
        RecordingPost(
            post: post(message),
            file: file ?? Self.file("file-\(message)"),
            caption: caption,
            signature: signature,
            album: album,
            postedAt: postedAt,
            editedAt: editedAt
        )
    }

    /// An album of the recording channel.
    public static func albumID(_ group: String = "album") -> AlbumID { AlbumID(channel: channel, group: group) }

    /// An album that its first post, of the given number, has begun.
    public static func album(_ message: Int64 = 1, group: String = "album", gathersUntil: Date) -> Album {
        let part = Album.Part(
            message: message,
            postedAt: start,
            revisedAt: start,
            caption: "Title",
            signature: "Polina",
            fileTitle: "Song"
        )
        return Album(id: albumID(group), first: part, gathersUntil: gathersUntil)
    }

    /// A recording that came from elsewhere: no bot has seen its file. Its id is `recording-` and the number.
    public static func foreignRecording(
        _ number: Int64 = 1,
        posts: [PostReference] = [],
        media: Recording.Media = .stored(MediaKey(rawValue: "aa"), bytes: 5)
    ) -> Recording {
        Recording(
            id: RecordingID(rawValue: "recording-\(number)"),
            posts: posts,
            kind: .audio,
            mediaType: nil,
            fileName: "talk.mp3",
            duration: .seconds(60),
            media: media
        )
    }

    /// An episode that came from the post of its number, with the file of its number, published that many seconds
    /// after `start`. Its id is `podcast-` and the number, in four digits.
    public static func podcast(
        _ number: Int64 = 1,
        title: String? = nil,
        summary: String = "",
        tags: [String] = [],
        status: Podcast.Status = .published,
        media: Recording.Media = .awaited,
        publishedAt: Date? = nil
    ) -> Podcast {
        let digits = String(repeating: "0", count: max(0, 4 - String(number).count)) + String(number)
        let time = start.addingTimeInterval(Double(number))
        var recording = Recording(
            id: RecordingID(rawValue: "recording-\(number)"),
            posts: [post(number)],
            file: file("file-\(number)")
        )
        recording.media = media
        return Podcast(
            id: PodcastID(rawValue: "podcast-\(digits)"),
            title: title ?? "Title \(number)",
            summary: summary,
            tags: tags,
            recordings: [recording],
            status: status,
            createdAt: time,
            publishedAt: status == .published ? publishedAt ?? time : publishedAt
        )
    }
}

extension Fixtures {
    /// A copy of a recording: the key is of one digit, repeated; the waveform rises.
    public static func rendition(_ digit: Character = "c", bytes: Int64 = 7) throws -> Recording.Rendition {
        struct NoWaveform: Error {}
        guard let waveform = Waveform(peaks: (0..<Waveform.count).map { UInt8($0 / 2) }) else { throw NoWaveform() }
        return Recording.Rendition(
            key: MediaKey(rawValue: String(repeating: digit, count: 64)),
            bytes: bytes,
            mediaType: "audio/mp4",
            waveform: waveform
        )
    }
}
