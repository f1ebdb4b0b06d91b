import Foundation
import TestSupport
import Testing

/// The programs of this machine, as a person runs them by hand: they make the files of the tests, and judge copies.
enum Tool {
    /// Makes a file with ffmpeg, from the sound or picture that `source` describes in its language.
    static func make(_ file: URL, from source: String, _ arguments: String...) throws {
        let input = ["-nostdin", "-v", "error", "-y", "-f", "lavfi", "-i", source]
        _ = try run("ffmpeg", input + arguments + [file.path])
    }

    /// What ffprobe says of a file: its streams and its format.
    static func judge(_ file: URL) throws -> (stream: [String: Any], format: [String: Any]) {
        let output = try run(
            "ffprobe",
            ["-v", "error", "-print_format", "json", "-show_streams", "-show_format", file.path]
        )
        let answer = try #require(try JSONSerialization.jsonObject(with: output) as? [String: Any])
        let streams = try #require(answer["streams"] as? [[String: Any]])
        #expect(streams.count == 1)
        return (try #require(streams.first), try #require(answer["format"] as? [String: Any]))
    }

    private static func run(_ program: String, _ arguments: [String]) throws -> Data {
        let (written, code) = try Spawn.run(URL(filePath: "/usr/bin/\(program)"), arguments)
        try #require(code == 0, "\(program) \(arguments)")
        return written
    }
}
