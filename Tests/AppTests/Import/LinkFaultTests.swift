import Domain
import Testing

@testable import App

struct LinkFaultTests {
    @Test(arguments: [
        ChangeFailure.refused(.notFound), .refused(.alreadyLinked), .refused(.accountOfAdmin), .refused(.banned),
        .refused(.notAllowed), .store(.conflict(collection: "users")), .store(.unavailable(source: "x", code: 1)),
    ])
    func `each failure is one line, whatever was typed`(failure: ChangeFailure) {
        let fault = LinkFault(failure: failure, userID: "a\u{1B}[2J\nb", telegramID: 7)

        #expect(fault.description.hasSuffix("."))
        #expect(!fault.description.contains { $0.isNewline || $0 == "\u{1B}" })
    }
}
