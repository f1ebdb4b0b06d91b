import Foundation

/// What bots called lately, so that tests and the page can look at it. The newest 10,000 calls are kept.
struct CallLog: Sendable {
    struct Entry: Sendable {
        let number: Int
        let at: Date
        let bot: Int64
        /// As the Bot API spells it, or as the bot did where it is unknown.
        let method: String
        /// The parameters; of files only name and size.
        let parameters: JSON
        /// The envelope; nothing when no answer was given or it is longer than 64 KiB.
        let answer: JSON?
        /// What was done to the call on purpose.
        let fault: String?
    }

    static let capacity = 10_000
    static let answerCapacity = 64 << 10

    private var entries: [Entry] = []
    /// The number of the newest call.
    private(set) var last = 0

    /// Notes a call that has been answered.
    mutating func add(
        _ method: String,
        bot: Int64,
        _ arguments: Arguments,
        answer: Answer?,
        fault: String? = nil,
        at now: Date
    ) {
        last += 1
        var envelope = answer?.envelope
        if let text = envelope?.text, text.utf8.count > CallLog.answerCapacity { envelope = nil }
        entries.append(
            Entry(
                number: last,
                at: now,
                bot: bot,
                method: method,
                parameters: arguments.summary,
                answer: envelope,
                fault: fault
            )
        )
        if entries.count > CallLog.capacity * 5 / 4 {
            entries.removeFirst(entries.count - CallLog.capacity)
        }
    }

    /// The calls after a number. `getUpdates` is shown only when asked for by name.
    func entries(after number: Int, method: String?, bot: Int64?) -> [Entry] {
        entries.filter { entry in
            guard entry.number > number, bot == nil || entry.bot == bot else { return false }
            guard let method else { return entry.method != BotMethod.getUpdates.rawValue }
            return entry.method.lowercased() == method.lowercased()
        }
    }
}

extension CallLog.Entry {
    /// As the control API shows it.
    var json: JSON {
        .fields([
            "number": .int(number),
            "at": .number(String(format: "%.3f", at.timeIntervalSince1970)),
            "bot": .int(bot),
            "method": .string(method),
            "parameters": parameters,
            "answer": answer ?? .null,
            "fault": fault.map(JSON.string),
        ])
    }
}

extension Arguments {
    /// The values as strings by name, and of each upload its name, type and size.
    var summary: JSON {
        let texts = values.sorted { $0.key < $1.key }.map { JSON.Member(name: $0.key, value: .string($0.value)) }
        let files = uploads.sorted { $0.key < $1.key }.map { name, upload in
            JSON.Member(
                name: name,
                value: .fields([
                    "file_name": .text(upload.name),
                    "mime_type": .text(upload.mediaType),
                    "size": .int(upload.size),
                ])
            )
        }
        return .object(texts + files)
    }
}
