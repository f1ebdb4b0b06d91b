import Foundation

/// Files that a bot names by their path (`file:///…`), as a server that runs with `--local` takes them.
///
/// They are copied on the disk and never read into memory.
extension SandboxTelegram {
    private static let fields: Set<String> = [
        "audio", "voice", "document", "video", "video_note", "photo", "animation", "sticker", "thumbnail",
    ]

    /// The arguments with every named file as an upload; as they are where no files are kept locally.
    ///
    /// Runs beside the sandbox, which answers others meanwhile.
    nonisolated func takingLocalFiles(_ arguments: Arguments) async throws(CallFailure) -> Arguments {
        guard localFiles != nil else { return arguments }
        var result = arguments
        do throws(CallFailure) {
            try takeFiles(of: &result)
        } catch {
            for (name, upload) in result.uploads where arguments.uploads[name] == nil { shelf.remove(upload.key) }
            throw error
        }
        return result
    }

    private nonisolated func takeFiles(of arguments: inout Arguments) throws(CallFailure) {
        for (name, value) in arguments.values where SandboxTelegram.fields.contains(name) {
            if let part = try take(value, into: &arguments) { arguments.replace(name, by: part) }
        }
        guard let media = arguments.json("media") else { return }
        if let list = media.elements {
            var items: [JSON] = []
            for item in list { items.append(try takingFiles(of: item, into: &arguments)) }
            arguments.replace("media", by: JSON.array(items).text)
        } else {
            arguments.replace("media", by: try takingFiles(of: media, into: &arguments).text)
        }
    }

    private nonisolated func takingFiles(of item: JSON, into arguments: inout Arguments) throws(CallFailure) -> JSON {
        guard let members = item.members else { return item }
        var result: [JSON.Member] = []
        for member in members {
            guard ["media", "thumbnail"].contains(member.name), let value = member.value.string,
                let part = try take(value, into: &arguments)
            else {
                result.append(member)
                continue
            }
            result.append(JSON.Member(name: member.name, value: .string(part)))
        }
        return .object(result)
    }

    /// Copies the file that an address names and returns how it is named as an upload; nothing for other values.
    private nonisolated func take(_ address: String, into arguments: inout Arguments) throws(CallFailure) -> String? {
        guard address.hasPrefix("file:/") else { return nil }
        let wrong = CallFailure.badRequest("wrong file identifier/HTTP URL specified")
        guard let url = URL(string: address), url.isFileURL else { throw wrong }
        let path = url.path(percentEncoded: false)
        let facts = try? FileManager.default.attributesOfItem(atPath: path)
        guard let facts, facts[.type] as? FileAttributeType == .typeRegular, let size = facts[.size] as? Int else {
            throw wrong
        }
        guard size <= uploadLimit else { throw .tooLarge }
        guard let key = try? shelf.adopt(path) else { throw wrong }
        let part = "local \(key)"
        var upload = Upload(key: key, size: size, name: url.lastPathComponent)
        upload.facts = MediaFacts(of: shelf.url(of: key))
        arguments.add(part, upload)
        return "attach://" + part
    }
}
