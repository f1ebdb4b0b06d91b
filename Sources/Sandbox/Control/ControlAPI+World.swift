import Foundation
import HTTPTypes

/// Rules, time and the beginning.
extension ControlAPI {
    /// - `PATCH /sandbox/settings {flood_limits?, poll_surprises?, self_protection?, cloud_tokens?, inline_cache?,
    ///   reaction_delay?}` → all settings.
    /// - `POST /sandbox/clock {advance}` → `{now}`: moves the sandbox's time on by that many seconds.
    /// - `POST /sandbox/reset` → `{}`: back to the beginning; `generation` grows. Numbers of updates and messages go
    ///   on.
    func addWorld(to router: Routes) {
        route(.patch, "/settings", on: router) { request in
            try await telegram.act { world, _ throws(ActRefused) in
                if let value = request.flag("flood_limits") { world.settings.limitsFlood = value }
                if let value = request.flag("poll_surprises") { world.settings.surprisesPollers = value }
                if let value = request.flag("self_protection") { world.settings.protectsItself = value }
                if let value = request.flag("cloud_tokens") { world.settings.refusesTokensAsCloud = value }
                if let value = request.flag("inline_cache") {
                    world.settings.cachesInline = value
                    world.inlineCache = [:]
                }
                if request.text("reaction_delay") != nil {
                    world.settings.reactionDelay = try request.seconds("reaction_delay")
                }
                return settings(world)
            }
        }
        route(.post, "/clock", on: router) { request in
            guard request.text("advance") != nil else { throw ActRefused.invalid("advance is missing.") }
            await telegram.advance(by: try request.seconds("advance"))
            return .fields(["now": .int(Int(await telegram.now.timeIntervalSince1970))])
        }
        route(.post, "/reset", on: router) { _ in
            await telegram.reset()
            return .object([])
        }
    }
}
