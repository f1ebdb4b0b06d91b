import Domain

/// Updates that were set aside.
extension Conversation {
    func failures(for admin: Member) async throws(ChangeFailure) -> Screen {
        let updates = try await club.failures.list(for: admin, limit: FailureScreens.pageSize)
        return FailureScreens(phrases: phrases).list(updates, admin.language, zone: try await library.zone())
    }

    /// Does it, and shows what is left. Where somebody else was faster, that is said.
    func answer(
        _ step: AdminButton.FailureStep,
        _ bot: BotName,
        _ updateID: Int64,
        _ tap: Tap,
        of admin: Member
    ) async throws(ChangeFailure) -> [Reply] {
        var toast = done(tap)
        do throws(ChangeFailure) {
            switch step {
            case .retry: try await club.failures.retry(bot: bot, updateID: updateID, by: admin)
            case .discard: try await club.failures.discard(bot: bot, updateID: updateID, by: admin)
            }
        } catch .refused(.nothingToDecide) {
            let text = phrases.text(AdminPhrase.failureGone, admin.language)
            toast = .toast(queryID: tap.queryID, text: text, isAlert: true)
        }
        return [toast, .change(tap.message, try await failures(for: admin))]
    }
}
