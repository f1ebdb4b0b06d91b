/// Which chat messages were taken under which names of their authors' programs: the last ones.
///
/// Those that are older are known to the store, where the names are unique.
struct ChatReceipts: Sendable {
    private struct Name: Hashable {
        let member: MemberID
        let clientID: String
    }

    private var seqs: [Name: Int] = [:]
    private var order: [Name] = []
    /// How many at the front of `order` were forgotten already.
    private var forgotten = 0

    func seq(ofClient id: String, by member: MemberID) -> Int? {
        seqs[Name(member: member, clientID: id)]
    }

    mutating func note(_ clientID: String, of member: MemberID, seq: Int) {
        let name = Name(member: member, clientID: clientID)
        guard seqs.updateValue(seq, forKey: name) == nil else { return }
        order.append(name)
        guard seqs.count > RoomLimits.receipts else { return }
        seqs[order[forgotten]] = nil
        forgotten += 1
        if forgotten == RoomLimits.receipts {
            order.removeFirst(forgotten)
            forgotten = 0
        }
    }
}
