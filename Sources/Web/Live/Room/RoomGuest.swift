import Domain
import Foundation

/// Who is behind one socket of a room, and with what.
struct RoomGuest: Sendable {
    let connection: ConnectionID
    let socket: Socket
    let session: LiveSessionID
    /// The show's title, as it was when they came.
    let title: String
    /// Up to where they know the room, where they were there before.
    let place: RoomPlace?
    /// In which they are signed in; nil: they have a pass for this room, which ends with it.
    let authSession: AuthSessionID?
    /// Since when they have that pass.
    let passSince: Date?
    /// As the store had them the last time that it was asked.
    var person: RoomPerson
}
