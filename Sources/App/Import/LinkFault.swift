import Domain

/// Why a person was not joined with an account: one line that says what to do.
struct LinkFault: Error, Equatable, CustomStringConvertible {
    var failure: ChangeFailure
    var userID: String
    var telegramID: Int64

    /// The id as it may be shown.
    private var person: String { PlainText.line(userID, limit: 64) }

    var description: String {
        switch failure {
        case .refused(.notFound): "nobody in the club has the id '\(person)'."
        case .refused(.alreadyLinked): "\(person) has another Telegram account already, or goes on as somebody else."
        case .refused(.accountOfAdmin):
            "the account \(telegramID) is that of the owner or an admin; it is not given to somebody else."
        case .refused(.banned): "\(person) or the account \(telegramID) is banned."
        case .refused(let refusal): "the club refuses it (\(refusal.code))."
        case .store(.conflict): "the account \(telegramID) was taken in this moment; give the command again."
        case .store(let error): "the store failed (\(error)); give the command again."
        }
    }
}
