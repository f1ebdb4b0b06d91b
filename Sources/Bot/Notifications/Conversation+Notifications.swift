import Domain

/// What a member was told, as a list.
extension Conversation {
    func notifications(after cursor: PageCursor?, of member: Member) async throws(ChangeFailure) -> Screen {
        let list = club.notifications
        let page = try await list.lines(of: member, after: cursor, limit: NotificationScreens.pageSize)
        // What lay behind the cursor may have been forgotten since.
        guard !page.items.isEmpty || cursor == nil else { return try await notifications(after: nil, of: member) }
        return NotificationScreens(phrases: phrases)
            .page(
                page,
                isFirst: cursor == nil,
                unread: try await list.unread(of: member),
                member.language,
                zone: member.settings.zone(clubZone: try await library.zone())
            )
    }

    func readAll(by member: Member) async throws(ChangeFailure) -> Screen {
        try await club.notifications.readAll(by: member)
        return try await notifications(after: nil, of: member)
    }
}
