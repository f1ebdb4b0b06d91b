import Domain
import Foundation

/// What somebody asks for who comes into a room, and whether they may.
struct RoomEntry: Sendable {
    let session: LiveSessionID
    let device: DeviceKind
    /// Where they were there before: up to where they know the room.
    let place: RoomPlace?
    /// Who they say that they are; it has to be true.
    private let claim: String?

    /// - `fields`: The query's. `role` and `username` are not looked at.
    /// - Throws: `.invalidField` for a value that cannot be read.
    init(_ session: LiveSessionID, _ fields: FormFields) throws(RequestFault) {
        self.session = session
        let device = fields["device"] ?? ""
        guard let kind = device.isEmpty ? .browser : DeviceKind(rawValue: device), kind != .audio else {
            throw .invalidField("device")
        }
        self.device = kind
        claim = fields["user_id"]
        guard let since = fields["since"], !since.isEmpty else {
            place = nil
            return
        }
        guard let seq = Int(since), seq >= 0 else { throw .invalidField("since") }
        let epoch = fields["epoch"] ?? ""
        guard epoch.utf8.count <= 64 else { throw .invalidField("epoch") }
        // A number alone does not say of which log it is.
        place = epoch.isEmpty ? nil : RoomPlace(seq: seq, epoch: epoch)
    }

    /// The show, where the one who asks may come in.
    /// - Throws: `.otherUser`; `.notFound`; `.room(.over)`, `.room(.removed)`; the store's error.
    func check(_ asker: RoomVisitor, _ services: WebServices) async throws -> LiveSession {
        if let claim, !claim.isEmpty, claim != asker.member.id.rawValue { throw RequestFault.otherUser }
        let show = try await services.shows.session(session, for: asker.member)
        switch show.status {
        case .scheduled, .live: break
        case .ended, .recorded, .cancelled: throw Refusal.room(.over)
        }
        try await services.rooms.admit(RoomPerson(asker.member), to: session)
        return show
    }
}
