import Foundation

extension Member {
    /// Whether the person is in the club only as long as they are in a room of it. An admin has a ground of their own.
    public var isInByRoom: Bool { isActive && room != nil && role < .admin }

    /// Lets the person in for being in a room.
    mutating func enter(by room: ClubRoom, now: Date) {
        membership = .active
        joinedAt = now
        decision = nil
        stay(by: room, now: now)
    }

    /// The person is still in a room, perhaps another one than before.
    mutating func stay(by room: ClubRoom, now: Date) {
        self.room = room
        check = .next(after: now)
    }

    /// The person is in the club on another ground than a room: an invite, an admin's word, their role.
    mutating func forgetRoom() {
        room = nil
        check = nil
    }

    /// The person is in none of the rooms any more.
    mutating func leave() {
        membership = .left
        forgetRoom()
    }
}
