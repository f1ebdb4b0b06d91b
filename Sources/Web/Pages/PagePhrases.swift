import Domain
import Mustache

/// The phrases of one language as templates reach them: `{{t.login.title}}` is the phrase `web.login.title`.
struct PagePhrases: MustacheParent, MustacheCustomRenderable {
    private let phrases: Phrasebook
    private let language: Language
    private let key: String

    init(_ phrases: Phrasebook, _ language: Language) {
        self.init(phrases, language, key: "web")
    }

    private init(_ phrases: Phrasebook, _ language: Language, key: String) {
        self.phrases = phrases
        self.language = language
        self.key = key
    }

    func child(named name: String) -> Any? {
        PagePhrases(phrases, language, key: "\(key).\(name)")
    }

    /// Every key that templates use was checked when they were read.
    var renderText: String { phrases.text(key: key, language) ?? key }

    var isNull: Bool { false }
}
