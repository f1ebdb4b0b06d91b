import Bot
import Domain
import Foundation
import Web

/// How the program is doing, in figures for `/metrics`.
struct Figures: Sendable {
    let store: any ClubStore
    let statuses: Statuses

    /// The figures of this moment; those that the store has are left out where it gives no answer.
    @Sendable func current() async -> [Metric] {
        var metrics: [Metric] = []
        for status in statuses.all {
            let (bot, seen) = (status.bot, status.snapshot)
            let labels = ["bot": bot.rawValue]
            metrics += [
                Metric(
                    "fomo_bot_is_polling",
                    "Whether the bot fetches updates and Telegram answers it.",
                    .gauge,
                    labels: labels,
                    value: seen.phase == .polling ? 1 : 0
                ),
                Metric(
                    "fomo_bot_poll_failures_total",
                    "Polls that have failed since the start.",
                    .counter,
                    labels: labels,
                    value: Double(seen.pollFailures)
                ),
                Metric(
                    "fomo_bot_updates_total",
                    "Updates that were stored since the start.",
                    .counter,
                    labels: labels,
                    value: Double(seen.received)
                ),
            ]
            if let lastPoll = seen.lastPoll {
                metrics.append(
                    Metric(
                        "fomo_bot_last_poll_seconds",
                        "When the last poll was answered, as a Unix time.",
                        .gauge,
                        labels: labels,
                        value: lastPoll.timeIntervalSince1970.rounded()
                    )
                )
            }
            metrics += await waiting(bot)
        }
        return metrics
    }

    private func waiting(_ bot: BotName) async -> [Metric] {
        guard let pending = try? await store.inbox.pendingCount(bot: bot),
            let counts = try? await store.outbox.counts(bot: bot)
        else { return [] }
        let states = [
            ("queued", counts.queued), ("sending", counts.sending), ("sent", counts.sent), ("failed", counts.failed),
            ("unreachable", counts.unreachable), ("unknown", counts.unknown),
        ]
        let updates = Metric(
            "fomo_inbox_updates",
            "Updates that wait to be handled.",
            .gauge,
            labels: ["bot": bot.rawValue],
            value: Double(pending)
        )
        return [updates]
            + states.map { state, count in
                Metric(
                    "fomo_outbox_messages",
                    "Messages of the last 30 days, by what has become of them.",
                    .gauge,
                    labels: ["bot": bot.rawValue, "state": state],
                    value: Double(count)
                )
            }
    }
}
