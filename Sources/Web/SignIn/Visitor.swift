import Domain

/// Who asks, as the store knows them at this moment.
enum Visitor: Sendable {
    /// Nobody whom the club lets in, and why.
    case stranger(Refusal)
    case member(SignedIn)
    /// The store could not say.
    case unknown(StoreError)

    /// The member who asks.
    /// - Throws: The refusal or the store's error.
    func signedIn() throws -> SignedIn {
        switch self {
        case .member(let signedIn): return signedIn
        case .stranger(let refusal): throw refusal
        case .unknown(let error): throw error
        }
    }
}

/// An active member with the session in which they ask.
struct SignedIn: Sendable {
    var session: AuthSession
    var member: Member
}
