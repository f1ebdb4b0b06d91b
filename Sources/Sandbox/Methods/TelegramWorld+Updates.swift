import Foundation

/// `getUpdates` and webhooks.
///
/// A webhook is kept and reported, and it stops `getUpdates`, but nothing is ever sent to its address: the updates
/// wait.
extension TelegramWorld {
    /// The longest time that `getUpdates` is held. Source: telegram-bot-api, Client.h.
    static let longestPoll = 50

    /// Takes updates, or says how long to hold the request.
    mutating func getUpdates(_ call: BotCall) throws(CallFailure) -> Outcome {
        guard let bot = bots[call.bot] else { throw .unauthorized }
        guard bot.webhook == nil else {
            throw .conflict(
                "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook first"
            )
        }
        let offset = call.arguments.integer("offset", in: -1_000_000...Int(Int32.max))
        var limit = call.arguments.integer("limit", absent: 100, in: 1...100)
        var timeout = call.arguments.integer("timeout", in: 0...TelegramWorld.longestPoll)
        rememberKinds(call)
        if settings.surprisesPollers, let last = bot.lastPoll, last.offset == offset {
            let pause = call.now.timeIntervalSince(last.at)
            if pause < 3, timeout < 3 { timeout = 3 }
            if pause < 0.5 { limit = 1 }
        }
        bots[call.bot]?.lastPoll = BotAccount.Poll(offset: offset, at: call.now)
        let updates = takeUpdates(call.bot, offset: offset, limit: limit, now: call.now)
        if updates.isEmpty, timeout > 0 {
            return .hold(HeldRequest(offset: offset, limit: limit, timeout: .seconds(timeout)))
        }
        return .answer(.success(TelegramWorld.list(of: updates)))
    }

    /// The answer to a held request once something came or its time is over.
    mutating func resume(_ held: HeldRequest, bot: Int64, now: Date) -> Answer {
        .success(TelegramWorld.list(of: takeUpdates(bot, offset: held.offset, limit: held.limit, now: now)))
    }

    private mutating func takeUpdates(_ bot: Int64, offset: Int, limit: Int, now: Date) -> [UpdateQueue.Item] {
        bots[bot]?.queue.take(offset: offset, limit: limit, now: now) ?? []
    }

    private static func list(of items: [UpdateQueue.Item]) -> JSON {
        .array(items.map { .raw($0.text) })
    }

    private mutating func rememberKinds(_ call: BotCall) {
        if let kinds = UpdateKind.selection(from: call.arguments.json("allowed_updates")) {
            bots[call.bot]?.allowedUpdates = kinds == UpdateKind.byDefault ? nil : kinds
        }
    }

    /// Sets or, with an empty address, removes the webhook.
    mutating func setWebhook(_ call: BotCall) throws(CallFailure) -> Answer {
        let bot = try account(call)
        let url = call.arguments.string("url")
        guard !url.isEmpty else { return deleteWebhook(call) }
        if let last = bot.webhookSetAt, call.now.timeIntervalSince(last) < 1 { throw .tooManyRequests(retryAfter: 1) }
        guard url.lowercased().hasPrefix("https://"), let address = LinkAddress(checking: url) else {
            throw .badRequest("bad webhook: An HTTPS URL must be provided for webhook")
        }
        let webhook = BotAccount.Webhook(
            url: address.text,
            maxConnections: call.arguments.integer("max_connections", absent: 40, in: 1...100),
            ipAddress: call.arguments.values["ip_address"]
        )
        rememberKinds(call)
        if call.arguments.flag("drop_pending_updates") { bots[call.bot]?.queue.clear() }
        let isSame = bot.webhook?.url == webhook.url
        bots[call.bot]?.webhook = webhook
        bots[call.bot]?.webhookSetAt = call.now
        return .success(true, description: isSame ? "Webhook is already set" : "Webhook was set")
    }

    /// Removes the webhook.
    mutating func deleteWebhook(_ call: BotCall) -> Answer {
        if call.arguments.flag("drop_pending_updates") { bots[call.bot]?.queue.clear() }
        let wasSet = bots[call.bot]?.webhook != nil
        bots[call.bot]?.webhook = nil
        return .success(true, description: wasSet ? "Webhook was deleted" : "Webhook is already deleted")
    }

    /// The Bot API's `WebhookInfo`.
    mutating func webhookInfo(_ call: BotCall) throws(CallFailure) -> JSON {
        bots[call.bot]?.queue.expire(now: call.now)
        let bot = try account(call)
        return .fields([
            "url": .string(bot.webhook?.url ?? ""),
            "has_custom_certificate": false,
            "pending_update_count": .int(bot.queue.count),
            "max_connections": bot.webhook.map { .int($0.maxConnections) },
            "ip_address": .text(bot.webhook?.ipAddress),
            "allowed_updates": bot.allowedUpdates.map { kinds in
                .array(UpdateKind.allCases.filter(kinds.contains).map { .string($0.rawValue) })
            },
        ])
    }
}
