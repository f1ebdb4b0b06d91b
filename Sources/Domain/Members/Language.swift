import Foundation

/// The languages in which the club speaks.
public enum Language: String, Codable, CaseIterable, Sendable {
    case ru, en

    /// The language for a person's language tag (IETF, such as `ru`, `en-GB`).
    ///
    /// Any tag other than Russian gets English; without a tag, `fallback`.
    public init(tag: String?, fallback: Language) {
        guard let tag, let primary = tag.lowercased().split(separator: "-").first else {
            self = fallback
            return
        }
        self = primary == "ru" ? .ru : .en
    }
}
