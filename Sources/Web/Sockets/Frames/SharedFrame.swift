import NIOCore

/// One message as it goes over the wire: encoded once, shared by all sockets that get it.
package struct SharedFrame: Sendable {
    /// Header and text, whole.
    let plain: ByteBuffer
    /// The same, compressed, for sockets that agreed on it; nil where compressing did not pay.
    let deflated: ByteBuffer?

    /// A frame that is not compressed.
    package init(_ text: String) {
        plain = FrameBytes.text(ByteBuffer(string: text))
        deflated = nil
    }

    /// A frame that `deflater` compresses, where that makes it shorter.
    init(_ text: String, deflater: Deflater) {
        let payload = ByteBuffer(string: text)
        plain = FrameBytes.text(payload)
        deflated = deflater.deflate(payload).map { FrameBytes.text($0, isCompressed: true) }
    }

    func bytes(deflated isDeflated: Bool) -> ByteBuffer {
        isDeflated ? deflated ?? plain : plain
    }
}
