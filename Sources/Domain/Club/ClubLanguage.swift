/// The language of people who do not say theirs: what the club has decided, else the machine's setting.
public struct ClubLanguage: Sendable {
    private let store: any ClubStore
    private let setting: Language

    /// `setting`: what holds as long as the club has decided nothing.
    public init(store: any ClubStore, setting: Language) {
        self.store = store
        self.setting = setting
    }

    /// As it is at this moment. Where the store does not answer, the machine's setting.
    public func current() async -> Language {
        (try? await store.settings.find(.club))?.language ?? setting
    }
}
