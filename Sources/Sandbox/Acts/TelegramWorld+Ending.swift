/// What people end: their account, or a group.
extension TelegramWorld {
    /// Deletes a person's account, or brings it back. Bots are not told; what they send there is refused.
    mutating func setDeactivated(_ isDeactivated: Bool, person: Int64) throws(ActRefused) {
        guard people[person] != nil else { throw .missing("There is no such person.") }
        people[person]?.isDeactivated = isDeactivated ? true : nil
        _ = nextSequence()
    }

    /// Deletes a group. Nobody is in it any more; bots are not told, and what they send there is refused.
    mutating func delete(_ key: ChatKey, by person: Int64) throws(ActRefused) {
        guard let group = chats[key], group.kind == .group, group.migratedTo == nil else {
            throw .invalid("Only a group can be deleted.")
        }
        guard group.memberships[person]?.status == .creator || group.isDeleted == true else {
            throw .forbidden("Only its owner can do that.")
        }
        chats[key]?.isDeleted = true
        for id in group.memberships.keys { chats[key]?.memberships[id] = .left }
        _ = nextSequence()
    }

    /// The person, who can do something: there is such a person, and their account is not deleted.
    func acting(_ person: Int64) throws(ActRefused) -> Person {
        guard let somebody = people[person] else { throw .missing("There is no such person.") }
        guard somebody.isDeactivated != true else { throw .forbidden("Their account was deleted.") }
        return somebody
    }
}
