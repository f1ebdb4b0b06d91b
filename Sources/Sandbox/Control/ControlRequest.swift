import Foundation
import Hummingbird

/// A request of the control API with its values; every one may stand in the path, the query or the body.
struct ControlRequest: Sendable {
    let arguments: Arguments
    let path: Parameters

    /// A value, or nothing where it is missing or empty.
    func text(_ name: String) -> String? {
        let value = path.get(name) ?? arguments.string(name)
        return value.isEmpty ? nil : value
    }

    /// A value that has to be there.
    func required(_ name: String) throws(ActRefused) -> String {
        guard let value = text(name) else { throw .invalid("\(name) is missing.") }
        return value
    }

    /// A whole number, or nothing where the value is missing.
    func integer(_ name: String) throws(ActRefused) -> Int64? {
        guard let value = text(name) else { return nil }
        guard let number = Int64(value) else { throw .invalid("\(name) is not a whole number.") }
        return number
    }

    /// A whole number, 0 for one below; nothing where the value is missing.
    private func count(_ name: String) throws(ActRefused) -> Int? {
        try integer(name).map { Int(clamping: max(0, $0)) }
    }

    /// A whole number that has to be there.
    func requiredInteger(_ name: String) throws(ActRefused) -> Int64 {
        guard let number = try integer(name) else { throw .invalid("\(name) is missing.") }
        return number
    }

    /// Seconds; at most a minute is waited whatever is asked for.
    func seconds(_ name: String, absent: Double = 0) throws(ActRefused) -> Duration {
        guard let value = text(name) else { return .seconds(absent) }
        guard let number = Double(value), number >= 0, number <= 1e9 else {
            throw .invalid("\(name) is not a number of seconds.")
        }
        return .seconds(number)
    }

    /// True for `true`, `yes` and `1`, nothing where the value is missing.
    func flag(_ name: String) -> Bool? {
        text(name).map { ["true", "yes", "1"].contains($0.lowercased()) }
    }

    /// A JSON value, or nothing where it is missing.
    func json(_ name: String) throws(ActRefused) -> JSON? {
        guard let value = text(name) else { return nil }
        guard let json = JSON(parsing: value) else { throw .invalid("\(name) is no JSON.") }
        return json
    }

    /// The chat that a text names: a group or channel by its id or @username, a private chat by the bot's id or
    /// username.
    func chat(_ name: String, of world: TelegramWorld, person: Int64?) throws(ActRefused) -> ChatKey {
        let text = try required(name)
        let bare = (text.hasPrefix("@") ? String(text.dropFirst()) : text).lowercased()
        if let id = Int64(text), id < 0, world.chats[.room(id)] != nil { return .room(id) }
        if let room = world.chats.values.first(where: { $0.kind != .direct && $0.username?.lowercased() == bare }) {
            return room.key
        }
        if let bot = world.bots.values.first(where: { String($0.id) == bare || $0.username.lowercased() == bare }) {
            guard let person else { throw .invalid("as is missing: whose chat with the bot?") }
            return .direct(bot: bot.id, person: person)
        }
        throw .missing("There is no chat \(text).")
    }

    /// The bot that a text names by id or username.
    func bot(_ name: String, of world: TelegramWorld) throws(ActRefused) -> Int64 {
        let text = try required(name).lowercased()
        let bare = text.hasPrefix("@") ? String(text.dropFirst()) : text
        guard let bot = world.bots.values.first(where: { String($0.id) == bare || $0.username.lowercased() == bare })
        else { throw .missing("There is no bot \(bare).") }
        return bot.id
    }

    /// The file that came with the request in the part of that name, if one did.
    func newFile(_ part: String = "file") throws(ActRefused) -> NewFile? {
        guard var upload = arguments.uploads[part] else { return nil }
        if let name = text("file_name") { upload.name = name }
        if let type = text("mime_type") { upload.mediaType = type }
        let name = text("kind") ?? "document"
        guard let kind = MediaFile.Kind(rawValue: name), kind != .thumbnail else {
            throw .invalid("kind is none of audio, voice, document, video, video_note, photo, animation, sticker.")
        }
        return NewFile(
            upload: upload,
            kind: kind,
            title: text("title"),
            performer: text("performer"),
            emoji: text("emoji"),
            duration: try count("duration"),
            width: try count(kind == .videoNote ? "length" : "width"),
            height: try count("height")
        )
    }
}
