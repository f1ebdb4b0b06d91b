import Foundation

/// What a person wrote in rooms, and when they were there.
extension Privacy {
    /// What is told of it to the person, the newest first; at most `limit` of each.
    func rooms(of id: MemberID, limit: Int) async throws(ChangeFailure) -> MemberExport.Rooms {
        try await reading { () throws(StoreError) in
            let written = try await store.chatMessages.written(by: id, limit: limit)
            let attended = try await store.attendance.attended(by: id, limit: limit)
            return MemberExport.Rooms(
                written: written.map { message in
                    MemberExport.Rooms.Written(
                        show: message.session.rawValue,
                        at: message.at,
                        kind: message.kind.rawValue,
                        text: message.text ?? ""
                    )
                },
                attended: attended.map { interval in
                    MemberExport.Rooms.Attended(
                        show: interval.session.rawValue,
                        part: interval.part.rawValue,
                        from: interval.from,
                        to: interval.to
                    )
                }
            )
        }
    }

    /// Leaves nothing of what a person wrote in rooms, nor of when they were there. It may be done again.
    func forgetRooms(of id: MemberID) async throws(ChangeFailure) {
        try await reading { () throws(StoreError) in
            try await store.chatMessages.forget(id)
            try await store.attendance.forget(id)
        }
    }
}
