import Foundation

extension Member {
    /// Whether the person is in the club only as long as they are in a chat of it. An admin has a ground of their own.
    public var isInByClubChat: Bool { isActive && clubChat != nil && role < .admin }

    /// Lets the person in for being in a chat.
    mutating func enter(by clubChat: ClubChat, now: Date) {
        membership = .active
        joinedAt = now
        decision = nil
        stay(by: clubChat, now: now)
    }

    /// The person is still in a chat, perhaps another one than before.
    mutating func stay(by clubChat: ClubChat, now: Date) {
        self.clubChat = clubChat
        check = .next(after: now)
    }

    /// The person is in the club on another ground than a chat: an invite, an admin's word, their role.
    mutating func forgetClubChat() {
        clubChat = nil
        check = nil
    }

    /// The person is in none of the chats any more.
    mutating func leave() {
        membership = .left
        forgetClubChat()
    }
}
