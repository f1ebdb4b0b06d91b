import Foundation
import HTTPTypes

/// Disturbing bots on purpose.
extension ControlAPI {
    /// - `POST /sandbox/faults {kind, method?, bot?, count?, every?, …}` → the fault. It meets the next `count` calls (1,
    ///   or `all` until it is cleared) of `method` (`*`; `file` for downloads), with `every` only each so-manieth. Kinds: `drop {apply, after}` closes the
    ///   connection instead of answering, with `apply=true` after the call has taken effect, and then or of a download
    ///   after that many bytes of the answer; `delay {seconds, apply}`; `truncated`, the answer cut in the middle;
    ///   `status {code, description?, retry_after?, body?}`; `html502`; `garbage`; `too_many_requests {retry_after}`; and at once, for `bot`: `revoke_token`, `restore_token`.
    /// - `POST /sandbox/bots/{bot}/second-poller {seconds?}` → `{}`: for that long (10 s) another program polls with the
    ///   bot's token, once a second, and confirms nothing.
    /// - `POST /sandbox/restart {seconds?}` → `{}`: the server ends what waits with 500 and closes every connection on
    ///   which something is asked for that long (0 s). Queues and `allowed_updates` are kept.
    /// - `GET /sandbox/faults` → `{items}` · `DELETE /sandbox/faults` → `{}`: clears all; revoked tokens stay so.
    func addFaults(to router: Routes) {
        route(.get, "/faults", on: router) { _ in
            .fields(["items": .array(await telegram.faults.map(\.json))])
        }
        route(.delete, "/faults", on: router) { _ in
            await telegram.clearFaults()
            return .object([])
        }
        route(.post, "/faults", on: router) { try await addFault($0) }
        route(.post, "/bots/:bot/second-poller", on: router) { request in
            let bot = try await telegram.read { world, _ in try request.bot("bot", of: world) }
            await telegram.pollBeside(bot, for: try request.seconds("seconds", absent: 10))
            return .object([])
        }
        route(.post, "/restart", on: router) { request in
            await telegram.restart(downFor: try request.seconds("seconds"))
            return .object([])
        }
    }

    private func addFault(_ request: ControlRequest) async throws -> JSON {
        let name = try request.required("kind")
        if name == "revoke_token" || name == "restore_token" {
            return try await telegram.act { world, _ throws(ActRefused) in
                let bot = try request.bot("bot", of: world)
                world.bots[bot]?.isRevoked = name == "revoke_token"
                return .object([])
            }
        }
        var bot: Int64?
        if request.text("bot") != nil {
            bot = try await telegram.read { world, _ in try request.bot("bot", of: world) }
        }
        let method = request.text("method").flatMap { $0 == "*" ? nil : $0.lowercased() }
        let count = request.text("count")
        var remaining: Int?
        if count != "all" {
            guard let number = Int(count ?? "1"), number > 0 else {
                throw ActRefused.invalid("count is neither a number above zero nor all.")
            }
            remaining = number
        }
        let every = Int(clamping: try request.integer("every") ?? 1)
        guard every > 0 else { throw ActRefused.invalid("every is no number above zero.") }
        let fault = await telegram.addFault(
            try kind(name, request),
            method: method,
            bot: bot,
            remaining: remaining,
            every: every
        )
        return fault.json
    }

    private func kind(_ name: String, _ request: ControlRequest) throws(ActRefused) -> Fault.Kind {
        switch name {
        case "drop":
            let sent = try request.integer("after") ?? 0
            return .drop(applied: request.flag("apply") ?? false, sent: Int(clamping: sent))
        case "delay":
            return .delay(try request.seconds("seconds", absent: 1), applied: request.flag("apply") ?? false)
        case "truncated": return .truncated
        case "html502": return .html502
        case "garbage": return .garbage
        case "too_many_requests": return .tooManyRequests(Int(clamping: try request.integer("retry_after") ?? 5))
        case "status":
            let code = Int(clamping: try request.requiredInteger("code"))
            guard (200...599).contains(code) else { throw .invalid("code is no HTTP status.") }
            return .status(
                code: code,
                retryAfter: try request.integer("retry_after").map { Int(clamping: $0) },
                description: request.text("description"),
                body: request.text("body")
            )
        default: throw .invalid("There is no such kind of fault.")
        }
    }
}

extension SandboxTelegram {
    /// Disturbs calls from now on.
    func addFault(_ kind: Fault.Kind, method: String?, bot: Int64?, remaining: Int?, every: Int = 1) -> Fault {
        faultCount += 1
        let fault = Fault(id: faultCount, method: method, bot: bot, kind: kind, remaining: remaining, every: every)
        faults.append(fault)
        return fault
    }

    /// Ends all disturbances.
    func clearFaults() {
        faults = []
        endIntruders()
        downUntil = nil
    }
}
