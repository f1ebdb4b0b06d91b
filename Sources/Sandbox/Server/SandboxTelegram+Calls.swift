import Foundation
import Logging

/// Answering bots.
extension SandboxTelegram {
    /// Answers one call, `token` and `name` being as they stand in the path; what a fault makes of the answer is part
    /// of it. A `getUpdates` may take up to 50 s.
    func call(token: String, method name: String, arguments given: Arguments) async -> Reply {
        let bot: Int64
        let arguments: Arguments
        do throws(CallFailure) {
            bot = try world.bot(token: token)
            arguments = try await takingLocalFiles(given)
        } catch {
            discardUploads(given)
            return .answer(.failure(error))
        }
        guard !isDown else {
            discardUploads(arguments)
            return .hangUp
        }
        if let refusal = await protect(bot, name, arguments) {
            log.add(BotMethod(name: name)?.rawValue ?? name, bot: bot, arguments, answer: .failure(refusal), at: now)
            discardUploads(arguments)
            return .answer(.failure(refusal))
        }
        defer { protection.finish(bot, Protection.target(of: name, arguments)) }
        let fault = takeFault(method: name, bot: bot)
        let (reply, answer) = await disturbed(by: fault?.kind, bot: bot, name: name, arguments)
        let method = BotMethod(name: name)?.rawValue ?? name
        log.add(method, bot: bot, arguments, answer: answer, fault: fault?.name, at: now)
        wakeWatchers()
        discardUploads(arguments)
        return reply
    }

    private func disturbed(
        by fault: Fault.Kind?,
        bot: Int64,
        name: String,
        _ arguments: Arguments
    ) async -> (Reply, Answer?) {
        switch fault {
        case .drop(applied: true, let sent):
            let answer = await perform(bot: bot, name: name, arguments)
            return (sent > 0 ? .broken(answer, after: sent) : .hangUp, nil)
        case .drop(applied: false, _): return (.hangUp, nil)
        case .delay(let duration, applied: true):
            let answer = await perform(bot: bot, name: name, arguments)
            try? await clock.sleep(for: duration)
            return (.answer(answer), answer)
        case .truncated:
            let answer = await perform(bot: bot, name: name, arguments)
            let text = answer.envelope.text
            let half = String(text.prefix(text.count / 2))
            return (.raw(status: answer.status, type: "application/json", retryAfter: nil, body: half), nil)
        case .delay, .status, .html502, .garbage, .tooManyRequests, nil: break
        }
        if let instead = await reply(to: fault) {
            guard case .answer(let answer) = instead else { return (instead, nil) }
            return (instead, answer)
        }
        let answer = await perform(bot: bot, name: name, arguments)
        return (.answer(answer), answer)
    }

    /// What a fault answers in place of the sandbox; nothing for one that only takes its time.
    func reply(to fault: Fault.Kind?) async -> Reply? {
        switch fault {
        case nil: return nil
        case .drop: return .hangUp
        case .delay(let duration, _):
            try? await clock.sleep(for: duration)
            return nil
        case .truncated: return nil
        case .status(let code, let retryAfter, let description, let body):
            if let body { return .raw(status: code, type: "application/json", retryAfter: retryAfter, body: body) }
            let text = description ?? Fault.description(of: code)
            return .answer(.failure(CallFailure(code: code, description: text, retryAfter: retryAfter)))
        case .html502:
            let page =
                "<html>\r\n<head><title>502 Bad Gateway</title></head>\r\n<body>\r\n<center><h1>502 Bad Gateway"
                + "</h1></center>\r\n<hr><center>nginx/1.18.0</center>\r\n</body>\r\n</html>\r\n"
            return .raw(status: 502, type: "text/html", retryAfter: nil, body: page)
        case .garbage:
            return .raw(status: 200, type: "application/json", retryAfter: nil, body: "{\"ok\":true,\"res\u{0}<<<")
        case .tooManyRequests(let seconds): return .answer(.failure(.tooManyRequests(retryAfter: seconds)))
        }
    }

    /// A `getUpdates` of somebody who is in no log.
    func poll(for bot: Int64, _ arguments: Arguments) async -> Answer {
        await perform(bot: bot, name: BotMethod.getUpdates.rawValue, arguments)
    }

    private func perform(bot: Int64, name: String, _ arguments: Arguments) async -> Answer {
        guard let method = BotMethod(name: name) else {
            guard let missing = BotMethod.missing(name) else { return .failure(.methodNotFound) }
            logger.warning("the sandbox has not got this method", metadata: ["method": "\(missing)"])
            return .failure(.methodMissing(missing))
        }
        if method == .getUpdates {
            interruptPoll(
                of: bot,
                .conflict(
                    "terminated by other getUpdates request; make sure that only one bot instance is running"
                )
            )
        }
        let outcome = world.handle(BotCall(bot: bot, method: method, arguments: arguments, now: now))
        if method == .setWebhook, world.bots[bot]?.webhook != nil {
            interruptPoll(of: bot, .conflict("terminated by setWebhook request"))
        }
        changed()
        if method == .getFile, let failure = placeFile(outcome, bot) { return .failure(failure) }
        switch outcome {
        case .hold(let request): return await hold(request, bot: bot)
        case .answer(.failure(let failure)) where failure.code == 409:
            if let pause = conflictDelay(bot) { try? await clock.sleep(for: pause) }
            return .failure(failure)
        case .answer(let answer): return answer
        }
    }

    /// Puts the file that `getFile` answered where the answer says, if the bots read files of a folder.
    private func placeFile(_ outcome: Outcome, _ bot: Int64) -> CallFailure? {
        guard let localFiles, case .answer(.success(let file, _)) = outcome, let path = file["file_path"]?.string,
            let id = file["file_id"]?.string, case .file(let key) = FileID.read(id, for: bot)
        else { return nil }
        do {
            try localFiles.place(shelf.url(of: key), at: path)
            return nil
        } catch {
            logger.error("a file could not be put into the local folder", metadata: ["reason": "\(error)"])
            return CallFailure(code: 500, description: "Internal Server Error: the file could not be kept")
        }
    }

    /// The fault that meets a call, which counts it.
    func takeFault(method: String, bot: Int64) -> Fault? {
        for index in faults.indices where faults[index].matches(method: method, bot: bot) { faults[index].seen += 1 }
        let meeting = faults.firstIndex { $0.matches(method: method, bot: bot) && $0.seen.isMultiple(of: $0.every) }
        guard let index = meeting else { return nil }
        let fault = faults[index]
        if let remaining = fault.remaining {
            faults[index].remaining = remaining - 1
            if remaining <= 1 { faults.remove(at: index) }
        }
        return fault
    }

    /// Removes what was uploaded and did not become a file of the world.
    func discardUploads(_ arguments: Arguments) {
        for upload in arguments.uploads.values where world.files[upload.key] == nil { shelf.remove(upload.key) }
    }
}

extension Fault {
    /// What the Bot API says with such a code.
    fileprivate static func description(of code: Int) -> String {
        switch code {
        case 401: "Unauthorized"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 429: "Too Many Requests"
        case 500: "Internal Server Error"
        case 502: "Bad Gateway"
        default: "Error \(code)"
        }
    }
}
