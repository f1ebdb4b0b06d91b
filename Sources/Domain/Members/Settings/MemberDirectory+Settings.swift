import Foundation

extension MemberDirectory {
    /// A member chooses something for themselves.
    ///
    /// A chosen language holds from this moment on, whatever the messenger says at later visits.
    /// - `person`: The member as the messenger introduces them now: with the language to which “as the messenger says”
    ///     goes back.
    /// - Throws: `.notAMember`; `.unknownTimeZone` where this machine does not know the IANA name.
    public func choose(
        _ choice: SettingChoice,
        for id: MemberID,
        as person: Person,
        cause: Cause
    ) async throws(ChangeFailure) -> Member {
        if case .timeZone(let name?) = choice, !TimeZone.knownTimeZoneIdentifiers.contains(name) {
            throw .refused(.unknownTimeZone)
        }
        return try await store.members.change(.id(id), cause: cause) { (member) throws(Refusal) in
            guard var member, member.isActive else { throw .notAMember }
            let before = member
            switch choice {
            case .language(let language):
                member.settings.language = language
                member.language = language ?? person.messengerLanguage
            case .notices(let kind, let isWanted): member.settings.set(kind, isWanted: isWanted)
            case .quietHours(let hours): member.settings.quietHours = hours
            case .timeZone(let name): member.settings.timeZone = name
            case .isHidden(let isHidden): member.settings.isHidden = isHidden
            }
            return Change(member, outbox: member.menuDrafts(since: before, cause))
        }.state
    }
}

extension Member {
    /// What has to be sent so that the messenger offers the person the commands that they have now.
    /// `before`: the person as they were, nil where they are new.
    func menuDrafts(since before: Member?, _ cause: Cause) -> [OutboxDraft] {
        guard menuTraits != before?.menuTraits ?? [] else { return [] }
        return [OutboxDraft(key: "menu:\(id):\(cause)", to: self, notice: .menuChanged)].compactMap { $0 }
    }

    /// What decides which commands a person is offered, and in which words.
    private var menuTraits: [String] {
        guard isActive else { return [] }
        // Whoever has the menu of all members has it in the messenger's language, without our doing.
        guard role > .member || settings.language != nil else { return [] }
        return [role.rawValue, language.rawValue]
    }
}
