import Domain
import Foundation

/// What the recording channel's posts mean.
extension IntentParser {
    /// Only the post's own file counts: never that of a message to which it replies or which it pins.
    func intent(ofPost post: TelegramMessage) -> Intent {
        guard post.chat.id == channel.rawValue else { return .nothing("a post of another channel") }
        guard post.isAutomaticForward != true else { return .nothing("a discussion group's copy of a post") }
        if let order = channelOrder(of: post) { return order }
        guard let file = postedFile(post) else {
            return post.hasUnreadableFile ? .unreadable("its recording") : .nothing("a post without a recording")
        }
        return .recording(
            RecordingPost(
                post: PostReference(channel: channel, message: post.messageId),
                file: file,
                caption: post.caption ?? "",
                signature: post.authorSignature ?? post.forwardOrigin?.author,
                album: post.mediaGroupId.flatMap(album),
                belongsTo: episode(of: post),
                postedAt: Self.date(post.date),
                editedAt: post.editDate.map { Self.date($0) }
            )
        )
    }

    /// The episode that a post names by a link in its caption, else the post that it answers.
    private func episode(of post: TelegramMessage) -> Podcast.Key? {
        let words = (post.caption ?? "").prefix(Self.captionLimit).split(whereSeparator: \.isWhitespace)
        if let named = words.lazy.compactMap({ linked(String($0)) }).first { return named }
        return post.replyToMessage.map { .post(PostReference(channel: channel, message: $0.messageId)) }
    }

    /// Longest name of an album that is believed, in bytes. Telegram's have 17.
    private static let longestGroup = 64

    private func album(_ group: String) -> AlbumID? {
        guard !group.isEmpty, group.utf8.count <= Self.longestGroup else { return nil }
        return AlbumID(channel: channel, group: group)
    }

    private func postedFile(_ post: TelegramMessage) -> PostedFile? {
        if let voice = post.voice { return file(voice, .voice) }
        if let audio = post.audio { return file(audio, .audio) }
        if let note = post.videoNote { return file(note, .videoNote) }
        if let video = post.video { return file(video, .video) }
        if let document = post.document, post.animation == nil,
            MediaType.isRecording(announced: document.mimeType, fileName: document.fileName)
        {
            return file(document, .document)
        }
        return nil
    }

    private func file(_ file: TelegramFile, _ kind: Recording.Kind) -> PostedFile {
        PostedFile(
            kind: kind,
            uniqueID: FileUniqueID(rawValue: file.fileUniqueId),
            fileID: file.fileId,
            bot: bot,
            mediaType: file.mimeType,
            fileName: file.fileName,
            performer: file.performer,
            title: file.title,
            duration: file.duration.flatMap { (1...Self.longestSeconds).contains($0) ? .seconds($0) : nil },
            bytes: file.fileSize.flatMap { $0 > 0 ? $0 : nil }
        )
    }

    /// A longer recording than this (31 days) is a mistake of whoever says so.
    private static let longestSeconds: Int64 = 31 * 24 * 3600

    /// Telegram counts seconds since 1970; what lies outside of 1970 to 9999 is taken as 1970.
    private static func date(_ seconds: Int64?) -> Date {
        let seconds = seconds.flatMap { (0...Timestamp.limit / 1000).contains($0) ? $0 : nil } ?? 0
        return Timestamp.date(milliseconds: seconds * 1000)
    }
}
