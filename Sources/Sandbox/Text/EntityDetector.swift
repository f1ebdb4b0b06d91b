/// Finds what Telegram marks in a text by itself: bot commands, mentions, hashtags, links and mail addresses.
///
/// Simpler than Telegram's own rules, which know every top-level domain: a bare host is a link here only with one of a
/// few well-known endings.
enum EntityDetector {
    private static let endings: Set<Substring> = [
        "app", "com", "de", "dev", "fm", "info", "io", "me", "net", "org", "ru", "su", "ua", "uk", "рф",
    ]

    /// The entities that stand in `text`, without overlaps.
    static func entities(in text: String) -> [MessageEntity] {
        var result: [MessageEntity] = []
        var offset = 0
        for word in text.split(omittingEmptySubsequences: false, whereSeparator: \.isWhitespace) {
            if let entity = entity(word, at: offset) { result.append(entity) }
            offset += word.utf16.count
            let next = word.endIndex
            if next < text.endIndex { offset += text[next].utf16.count }
        }
        return result
    }

    private static func entity(_ word: Substring, at offset: Int) -> MessageEntity? {
        let opening = word.prefix { "([{\"'«".contains($0) }
        let bare = word.dropFirst(opening.count)
        guard let first = bare.first else { return nil }
        let start = offset + opening.utf16.count
        switch first {
        case "/": return command(bare).map { MessageEntity("bot_command", offset: start, length: $0) }
        case "@":
            let name = bare.dropFirst().prefix(while: isNameLetter)
            guard (4...32).contains(name.count) else { return nil }
            return MessageEntity("mention", offset: start, length: 1 + name.utf16.count)
        case "#":
            let tag = bare.dropFirst().prefix { $0.isLetter || $0.isNumber || $0 == "_" }
            guard tag.contains(where: { !$0.isNumber }), tag.count <= 255 else { return nil }
            return MessageEntity("hashtag", offset: start, length: 1 + tag.utf16.count)
        default: return link(bare, at: start)
        }
    }

    /// Length of the command that the word begins with: `/name` or `/name@bot`.
    private static func command(_ word: Substring) -> Int? {
        let name = word.dropFirst().prefix(while: isNameLetter)
        guard (1...64).contains(name.count) else { return nil }
        let rest = word.dropFirst(1 + name.count)
        guard let next = rest.first else { return 1 + name.count }
        if next == "@" {
            let bot = rest.dropFirst().prefix(while: isNameLetter)
            return bot.isEmpty ? nil : 2 + name.count + bot.count
        }
        return next == "/" ? nil : 1 + name.count
    }

    private static func link(_ word: Substring, at offset: Int) -> MessageEntity? {
        var address = word
        while let last = address.last, ".,;:!?)]}\"'»".contains(last) { address = address.dropLast() }
        let lowered = address.lowercased()
        if lowered.hasPrefix("http://") || lowered.hasPrefix("https://") || lowered.hasPrefix("tg://") {
            guard LinkAddress(checking: String(address)) != nil else { return nil }
            return MessageEntity("url", offset: offset, length: address.utf16.count)
        }
        let host = address.prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let parts = host.split(separator: "@", omittingEmptySubsequences: false)
        let labels = (parts.last ?? "").split(separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, labels.allSatisfy(isLabel), let ending = labels.last,
            endings.contains(ending.lowercased()[...])
        else { return nil }
        if parts.count == 2, !parts[0].isEmpty, host.count == address.count {
            return MessageEntity("email", offset: offset, length: address.utf16.count)
        }
        return parts.count == 1 ? MessageEntity("url", offset: offset, length: address.utf16.count) : nil
    }

    private static func isLabel(_ label: Substring) -> Bool {
        !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
    }

    private static func isNameLetter(_ character: Character) -> Bool {
        character.isASCII && (character.isLetter || character.isNumber || character == "_")
    }
}
