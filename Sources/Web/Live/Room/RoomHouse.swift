import Domain

/// Those who hear one room by sockets of this process, and what has to be known to tell each only what they may see.
struct RoomHouse: Sendable {
    private(set) var crew = RoomCrew(host: nil)
    var inCharge: MemberID?
    /// The last snapshot, for those who come next.
    var stateText: RoomStateText?
    private(set) var sockets: [MemberID: [ConnectionID: Socket]] = [:]
    private(set) var count = 0
    private var admins: Set<MemberID> = []

    mutating func take(_ crew: RoomCrew) {
        self.crew = crew
    }

    mutating func seat(_ guest: RoomGuest) {
        if sockets[guest.person.id, default: [:]].updateValue(guest.socket, forKey: guest.connection) == nil {
            count += 1
        }
        know(guest.person)
    }

    mutating func leave(_ guest: RoomGuest) {
        let member = guest.person.id
        guard sockets[member]?.removeValue(forKey: guest.connection) != nil else { return }
        count -= 1
        guard sockets[member]?.isEmpty ?? true else { return }
        sockets[member] = nil
        admins.remove(member)
    }

    /// Takes notice of what somebody may do now.
    mutating func know(_ person: RoomPerson) {
        if person.isAdmin, sockets[person.id] != nil {
            admins.insert(person.id)
        } else {
            admins.remove(person.id)
        }
    }

    /// Who runs the show, without those who hear it: what is kept for long is not to hold on to them.
    var withoutSockets: RoomHouse {
        var house = RoomHouse()
        (house.crew, house.inCharge) = (crew, inCharge)
        return house
    }

    /// Whether somebody runs the show.
    func isModerator(_ person: RoomPerson) -> Bool {
        person.isAdmin || person.id == inCharge || person.id == crew.host || crew.coHosts.contains(person.id)
    }

    /// The sockets of those who run the show, and of `member`.
    func sockets(of member: MemberID) -> [Socket] {
        let running = crew.coHosts + [crew.host, inCharge].compactMap { $0 }
        return admins.union(running).union([member]).flatMap { own(of: $0) }
    }

    /// The sockets of one member.
    func own(of member: MemberID) -> [Socket] { sockets[member].map { Array($0.values) } ?? [] }
}
