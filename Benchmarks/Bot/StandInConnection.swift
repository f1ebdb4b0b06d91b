import NIOCore

/// One connection of a bot: reads requests as far as the stand-in needs them, and answers each in its turn.
final class StandInConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private let calls: Calls
    private let answerTime: TimeAmount
    /// How long a poll is held back that has nothing to fetch.
    private let hold: TimeAmount
    private var received = ByteBuffer()

    init(_ calls: Calls, answerTime: Duration, hold: Duration) {
        self.calls = calls
        self.answerTime = .nanoseconds(Int64(answerTime / .nanoseconds(1)))
        self.hold = .nanoseconds(Int64(hold / .nanoseconds(1)))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        var piece = unwrapInboundIn(data)
        received.writeBuffer(&piece)
        while let request = nextRequest() { answer(request, context) }
    }

    private struct Request {
        var method: String
        var body: ByteBufferView
    }

    /// Takes a complete request out of what was received.
    private func nextRequest() -> Request? {
        let view = received.readableBytesView
        guard let headEnd = view.firstRange(of: Array("\r\n\r\n".utf8)) else { return nil }
        let head = String(decoding: view[..<headEnd.lowerBound], as: UTF8.self)
        let lines = head.split(separator: "\r\n")
        var length = 0
        for line in lines.dropFirst() where line.lowercased().hasPrefix("content-length:") {
            length = Int(line.drop { $0 != ":" }.dropFirst().drop { $0 == " " }) ?? 0
        }
        guard view.endIndex - headEnd.upperBound >= length else { return nil }
        let path = lines.first?.split(separator: " ").dropFirst().first ?? ""
        let method = path.split(separator: "?").first?.split(separator: "/").last ?? ""
        let body = view[headEnd.upperBound..<headEnd.upperBound + length]
        received.moveReaderIndex(to: headEnd.upperBound + length)
        received.discardReadBytes()
        return Request(method: String(method), body: ByteBufferView(ByteBuffer(bytes: body)))
    }

    private func answer(_ request: Request, _ context: ChannelHandlerContext) {
        switch calls.answer(request.method, request.body) {
        case .immediate(let result): write(Array(result.utf8), context)
        case .sent(let result) where answerTime == .zero: write(Array(result.utf8), context)
        case .sent(let result): write(Array(result.utf8), context, after: answerTime)
        case .updates(let updates?): write(updates, context)
        case .updates(nil): write(Array("[]".utf8), context, after: hold)
        case .refused(let code, let description, let retryAfter):
            let parameters = retryAfter.map { #","parameters":{"retry_after":\#($0)}"# } ?? ""
            let error = #"{"ok":false,"error_code":\#(code),"description":"\#(description)"\#(parameters)}"#
            write(Array(error.utf8), status: "\(code) Refused", context)
        }
    }

    private func write(_ result: [UInt8], _ context: ChannelHandlerContext, after time: TimeAmount) {
        let bound = NIOLoopBound((self, context), eventLoop: context.eventLoop)
        context.eventLoop.scheduleTask(in: time) {
            let (connection, context) = bound.value
            connection.write(result, context)
        }
    }

    private func write(_ result: [UInt8], _ context: ChannelHandlerContext) {
        write(Array(#"{"ok":true,"result":"#.utf8) + result + [UInt8(ascii: "}")], status: "200 OK", context)
    }

    private func write(_ body: [UInt8], status: String, _ context: ChannelHandlerContext) {
        guard context.channel.isActive else { return }
        var buffer = context.channel.allocator.buffer(capacity: body.count + 200)
        buffer.writeString("HTTP/1.1 \(status)\r\nContent-Type: application/json\r\nContent-Length: ")
        buffer.writeString("\(body.count)\r\n\r\n")
        buffer.writeBytes(body)
        context.writeAndFlush(wrapOutboundOut(buffer), promise: nil)
    }
}
