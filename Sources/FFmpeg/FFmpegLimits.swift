import Foundation

/// What one recording may cost.
public struct FFmpegLimits: Equatable, Sendable {
    /// How long reading a file's head may take.
    public var probing: Duration = .seconds(30)
    /// How long making a copy may take. A slow machine makes an hour of sound in one or two minutes.
    public var copying: Duration = .seconds(1800)
    /// Memory of one program, in bytes of its address space.
    public var memory: Int64 = 1 << 30
    /// Longest recording of which a copy is made.
    public var duration: Duration = .seconds(12 * 3600)
    /// Largest copy, in bytes: more than the longest recording needs.
    public var copySize: Int64 = 1 << 30

    public init() {}
}
