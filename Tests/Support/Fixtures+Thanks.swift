import Domain
import Foundation

extension Fixtures {
    /// Thanks of one member to another one for `podcast-000N`.
    public static func thanks(
        _ number: Int,
        from giver: Int64 = 1,
        to thanked: Int64 = 2,
        podcast: Int64 = 1,
        position: Duration? = nil,
        words: String? = nil,
        at: Date = start
    ) -> Thanks {
        Thanks(
            id: ThanksID(rawValue: "\(member(giver).id):2026-11:\(number)"),
            from: member(giver).id,
            to: member(thanked).id,
            podcast: Fixtures.podcast(podcast).id,
            position: position,
            words: words,
            at: at,
            cause: cause(number)
        )
    }
}
