import Domain
import Foundation

/// The rooms' logs in a `MemoryClubStore`.
struct MemoryRoomLogStore: RoomLogStore {
    let club: MemoryClubStore

    func append(_ batch: RoomBatch) async throws(StoreError) {
        try club.write { (state) throws(StoreError) in
            guard state.roomEvents[batch.key] == nil else { throw .conflict(collection: RoomBatch.collection) }
            state.roomEvents[batch.key] = try batch.withoutWords()
            for message in batch.messages {
                guard message.clientID == nil || state.chat(named: message) == nil else {
                    throw .conflict(collection: ChatMessage.collection)
                }
                state.chatMessages[message.id] = message
            }
            for id in batch.deleted { state.chatMessages[id] = state.chatMessages[id]?.emptied }
        }
    }

    func batches(of session: LiveSessionID, after number: Int, limit: Int) async throws(StoreError) -> [RoomBatch] {
        await club.roomReading.pass()
        return Array(try all(of: session).filter { $0.number > number }.prefix(max(0, limit)))
    }

    private func all(of session: LiveSessionID) throws(StoreError) -> [RoomBatch] {
        try club.read { state in
            state.roomEvents.values.filter { $0.session == session }.sorted { $0.number < $1.number }
        }
    }
}

/// What was written in the rooms, in a `MemoryClubStore`.
struct MemoryChatMessageStore: ChatMessageStore {
    let club: MemoryClubStore

    func page(of session: LiveSessionID, before seq: Int?, limit: Int) async throws(StoreError) -> [ChatMessage] {
        let shown = try messages { $0.session == session && $0.isShown && $0.seq < seq ?? .max }
        return shown.sorted { $0.seq < $1.seq }.suffix(max(0, limit))
    }

    func find(_ ids: [RoomMessageID]) async throws(StoreError) -> [ChatMessage] {
        try messages { ids.contains($0.id) }
    }

    func find(
        clientID: String,
        of member: MemberID,
        in session: LiveSessionID
    ) async throws(StoreError) -> ChatMessage? {
        try messages { $0.clientID == clientID && $0.member == member && $0.session == session }.first
    }

    func written(by member: MemberID, limit: Int) async throws(StoreError) -> [ChatMessage] {
        let written = try messages { $0.member == member && $0.text != nil }
        return Array(written.sorted { ($0.at, $0.key) > ($1.at, $1.key) }.prefix(max(0, limit)))
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        try club.write { state in
            for message in state.chatMessages.values where message.member == member {
                state.chatMessages[message.id] = message.forgotten
            }
        }
    }

    private func messages(_ fits: (ChatMessage) -> Bool) throws(StoreError) -> [ChatMessage] {
        try club.read { $0.chatMessages.values.filter(fits) }
    }
}

/// Who was in the shows, in a `MemoryClubStore`.
struct MemoryAttendanceStore: AttendanceStore {
    let club: MemoryClubStore

    func keep(_ intervals: [AttendanceInterval]) async throws(StoreError) {
        guard !intervals.isEmpty else { return }
        await club.attendanceKeeping.pass()
        try club.write { state in
            for interval in intervals { state.attendance[interval.id] = interval }
        }
    }

    func intervals(
        of session: LiveSessionID,
        after id: AttendanceID?,
        limit: Int
    ) async throws(StoreError) -> [AttendanceInterval] {
        let behind = try sorted { $0.session == session && RecordKey.precedes(id?.rawValue ?? "", $0.key) }
        return Array(behind.prefix(max(0, limit)))
    }

    func open(in session: LiveSessionID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        Array(try sorted { $0.session == session && $0.to == nil }.prefix(max(0, limit)))
    }

    func attended(by member: MemberID, limit: Int) async throws(StoreError) -> [AttendanceInterval] {
        let found = try sorted { $0.member == member }
        return Array(found.sorted { ($0.from, $0.key) > ($1.from, $1.key) }.prefix(max(0, limit)))
    }

    func forget(_ member: MemberID) async throws(StoreError) {
        try club.write { state in state.attendance = state.attendance.filter { $0.value.member != member } }
    }

    private func sorted(_ fits: (AttendanceInterval) -> Bool) throws(StoreError) -> [AttendanceInterval] {
        try club.read { $0.attendance.values.filter(fits) }.sorted { RecordKey.precedes($0.key, $1.key) }
    }
}

extension MemoryState {
    /// The message that has this one's `clientID`.
    fileprivate func chat(named message: ChatMessage) -> ChatMessage? {
        chatMessages.values.first {
            $0.clientID == message.clientID && $0.member == message.member && $0.session == message.session
        }
    }
}

extension RoomBatch {
    /// As a log keeps it.
    fileprivate func withoutWords() throws(StoreError) -> RoomBatch {
        try StoredRecord(self).decoded(as: RoomBatch.self)
    }
}
