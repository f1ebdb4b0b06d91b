/// How bots see files. The order of members is the server's.
extension TelegramWorld {
    /// The member that shows a file: `voice`, `audio` and so on.
    func mediaFields(_ file: MediaFile, for bot: Int64) -> JSON {
        let cover = file.thumbnail.flatMap { files[$0] }.map { photoSize($0, for: bot) }
        let names = fileNames(file, for: bot)
        switch file.kind {
        case .audio:
            return .fields([
                "audio": .fields([
                    "duration": .int(file.duration),
                    "file_name": .text(file.name),
                    "mime_type": .text(file.mediaType),
                    "title": .text(file.title),
                    "performer": .text(file.performer),
                    "thumbnail": cover,
                    "thumb": cover,
                ]).followed(by: names)
            ])
        case .voice:
            let head = JSON.fields(["duration": .int(file.duration), "mime_type": .text(file.mediaType)])
            return .fields(["voice": head.followed(by: names)])
        case .document:
            return .fields([
                "document": .fields([
                    "file_name": .text(file.name),
                    "mime_type": .text(file.mediaType),
                    "thumbnail": cover,
                    "thumb": cover,
                ]).followed(by: names)
            ])
        case .video:
            return .fields([
                "video": .fields([
                    "duration": .int(file.duration),
                    "width": .int(file.width),
                    "height": .int(file.height),
                    "file_name": .text(file.name),
                    "mime_type": .text(file.mediaType),
                    "thumbnail": cover,
                    "thumb": cover,
                ]).followed(by: names)
            ])
        case .videoNote:
            let head = JSON.fields([
                "duration": .int(file.duration), "length": .int(file.width), "thumbnail": cover, "thumb": cover,
            ])
            return .fields(["video_note": head.followed(by: names)])
        case .animation:
            let shown = JSON.fields([
                "file_name": .text(file.name),
                "mime_type": .text(file.mediaType),
                "duration": .int(file.duration),
                "width": .int(file.width),
                "height": .int(file.height),
                "thumbnail": cover,
                "thumb": cover,
            ]).followed(by: names)
            // For bots of a time before animations: the same file once more.
            let older = JSON.fields([
                "file_name": .text(file.name), "mime_type": .text(file.mediaType), "thumbnail": cover, "thumb": cover,
            ])
            return .fields(["animation": shown, "document": older.followed(by: names)])
        case .sticker:
            return .fields([
                "sticker": .fields([
                    "width": .int(file.width),
                    "height": .int(file.height),
                    "emoji": .text(file.emoji),
                    "is_animated": .bool(file.mediaType == MediaType.animatedSticker),
                    "is_video": .bool(file.mediaType == "video/webm"),
                    "type": "regular",
                    "thumbnail": cover,
                    "thumb": cover,
                ]).followed(by: names)
            ])
        case .photo, .thumbnail: return .fields(["photo": .array([photoSize(file, for: bot)])])
        }
    }

    private func photoSize(_ file: MediaFile, for bot: Int64) -> JSON {
        fileNames(file, for: bot).followed(by: .fields(["width": .int(file.width), "height": .int(file.height)]))
    }

    /// `file_id`, `file_unique_id` and `file_size`.
    func fileNames(_ file: MediaFile, for bot: Int64) -> JSON {
        .fields([
            "file_id": .string(FileID.make(file, for: bot)),
            "file_unique_id": .string(FileID.unique(file)),
            "file_size": file.size > 0 ? .int(file.size) : nil,
        ])
    }
}
