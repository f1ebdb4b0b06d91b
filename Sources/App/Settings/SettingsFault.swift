/// A wrong setting: one line that names it and says what to do. It never holds the value of a secret.
struct SettingsFault: Error, Equatable, CustomStringConvertible {
    var setting: String
    var advice: String

    var description: String { "\(setting): \(advice)" }
}
