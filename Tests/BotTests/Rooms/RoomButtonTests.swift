import Domain
import Testing

@testable import Bot

struct RoomButtonTests {
    private static let show = LiveSessionID(rawValue: "0123456789ab")
    private static let person = MemberID(rawValue: "ba9876543210")

    private static let buttons: [RoomButton] = [
        .hand(show, takesWords: false), .hand(show, takesWords: true), .lower(show), .decline(show),
        .ask(show, takesWords: false), .ask(show, takesWords: true), .queue(show), .next(show), .invite(show, person),
        .demote(show, person), .mute(show, person), .lowerAll(show, isConfirmed: false),
        .lowerAll(show, isConfirmed: true), .chat(show), .mode(show, .everyone), .mode(show, .hosts), .mode(show, .off),
        .slow(show, seconds: 0), .slow(show, seconds: 60), .present(show),
    ]

    @Test(arguments: buttons)
    func `a button means what it was written for, and fits`(button: RoomButton) {
        let data = Button.room(button).data
        #expect(Button(data: data) == .room(button))
        #expect(data.utf8.count <= Button.dataLimit)
    }

    @Test(arguments: [
        "rm:", "rm:h", "rm:z:a", "rm:h:a:x", "rm:h:A", "rm:i:a:", "rm:i:a:b:c", "rm:c:a:z", "rm:s:a:7", "rm:l:a:x",
        "rm:q:a:b", "rm:s:a:-1",
    ])
    func `what nobody wrote means nothing`(data: String) {
        #expect(Button(data: data) == nil)
    }
}
