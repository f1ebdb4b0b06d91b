import Domain
import Testing

@testable import Bot

struct ButtonTests {
    static let longest = SearchTokeniser.query("подкасты звукорежиссура радиовещание журналистика")

    static let longTag = TagMark(String(repeating: "я", count: 50))

    @Test(
        arguments: [
            .askToJoin,
            .decide(MemberID(rawValue: "0123456789ab"), isApproved: true),
            .decide(MemberID(rawValue: "0123456789ab"), isApproved: false),
            .signIn(payload: "0123456789abcdefghjkmnpqrs", isConfirmed: true),
            .list(Listing(page: 3)), .list(Listing(words: longest, page: 9_999)),
            .episode(PodcastID(rawValue: "0123456789ab"), back: nil),
            .episode(PodcastID(rawValue: "0123456789ab"), back: Listing(page: 12)),
            .episode(PodcastID(rawValue: "0123456789ab"), back: Listing(words: longest, page: 999)),
            .play(PodcastID(rawValue: "0123456789ab")), .latest(0), .latest(17),
            .askToHear(PodcastID(rawValue: "0123456789ab")),
            .list(Listing(tag: TagMark("джаз"), page: 9_999)), .list(Listing(tag: longTag, page: 9_999)),
            .list(Listing(tag: TagMark(String(repeating: "я", count: 20)), page: 9_999)),
            .episode(PodcastID(rawValue: "0123456789ab"), back: Listing(tag: longTag, page: 999)),
            .episode(
                PodcastID(rawValue: "0123456789ab"),
                back: Listing(tag: TagMark(String(repeating: "я", count: 20)), page: 9_999)
            ),
            .admin(.setting(.askToForget(.admins))), .admin(.setting(.forget(.group))),
            .tags(0), .tags(9_999), .random(besides: nil), .random(besides: PodcastID(rawValue: "0123456789ab")),
            .chapters(PodcastID(rawValue: "0123456789ab"), page: 4), .chapter(PodcastID(rawValue: "0123456789ab"), 99),
        ] as [Button]
    )
    func `what a button says is read back, and fits Telegram's 64 bytes`(button: Button) {
        #expect(button.data.utf8.count <= Button.dataLimit)
        #expect(Button(data: button.data) == button)
    }

    @Test(arguments: [
        "", ":", "x", "p:", "p:../../etc", "p:ABC", "n:-1", "n:99999999999999999999", "n:٣", "d:y:",
        "d:maybe:ab",
        "l:", "l:1:2", "s:0:", "s:0: ", "s:0:A", "e:ab:x", "i:y:a b", "p:\u{0}",
        "t:0:", "t:0:A", "t:0:a b", "t:0:ё", "t:0:~", "t:0:~A", "t:x:a", "g:", "g:-1", "g", "g:1:2", "r:", "r:A", "c:0",
        "c:x:ab", "h:0:A", "h:0:a:b", "join:", "join:A", "a:s:f:x", "a:s:q:",
        String(repeating: "a", count: 65),
    ])
    func `data that no button has mean nothing`(data: String) {
        #expect(Button(data: data) == nil)
    }
}
