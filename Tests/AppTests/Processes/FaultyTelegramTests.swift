import Foundation
import HTTPClient
import Sandbox
import Testing

/// The whole program while Telegram is in trouble, over real connections.
@Suite(.timeLimit(.minutes(2)), .serialized)
struct FaultyTelegramTests {
    @Test(arguments: ["html502", "garbage", "too_many_requests"])
    func `what is said in bad times is answered, and the site serves meanwhile`(fault: String) async throws {
        let club = try await RunningClub()
        let member = SandboxClub.posterID
        let session = try await club.signIn(as: member)
        var disturbance: [String: Any] = ["kind": fault, "method": "getUpdates", "count": 3]
        if fault == "too_many_requests" { disturbance["retry_after"] = 1 }
        try await club.telegram.disturb(disturbance)
        disturbance["method"] = "sendMessage"
        disturbance["count"] = 1
        try await club.telegram.disturb(disturbance)
        try await club.telegram.say("/tags", as: member)
        try await club.telegram.say("/library", as: member)
        #expect(try await club.get("/api/auth/me", session: session).status == 200)
        for answer in ["Тегов пока нет", "Здесь пока пусто"] {
            _ = try await club.telegram.message(to: member) { $0.text.contains(answer) }
        }
        await club.stop()
    }
}
