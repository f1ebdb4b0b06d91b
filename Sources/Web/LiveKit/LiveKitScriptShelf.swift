import Crypto
import Foundation
import HTTPClient

/// The folder in which the script for LiveKit is kept, beside the hashes of what came from each address.
public struct LiveKitScriptShelf: Sendable {
    /// The script has some 1.1 MB.
    private static let longest = 8 * 1024 * 1024
    private static let patience: Duration = .seconds(60)

    private struct Memory: Codable {
        /// Hexadecimal SHA-256 by address.
        var hashes: [String: String] = [:]
    }

    let address: URL
    private let script: URL
    private let memory: URL

    public init(address: URL, folder: URL) {
        self.address = address
        script = folder.appending(path: "livekit-client.mjs")
        memory = folder.appending(path: "livekit-client.json")
    }

    /// What is kept; nil where there is nothing, or nothing of this address.
    /// - Throws: `.unreadable` where it is not known any more what had come.
    public func kept() throws(LiveKitScriptFault) -> Data? {
        guard let hash = try hashes()[address.absoluteString], let bytes = try? Data(contentsOf: script) else {
            return nil
        }
        return Self.hash(bytes) == hash ? bytes : nil
    }

    /// Fetches it, and keeps it.
    /// - Throws: `.changed` where it is another one than came the first time; `.unreachable`, `.refused`, `.noScript`,
    ///   `.unwritable`.
    public func fetched(_ http: HTTPClient) async throws(LiveKitScriptFault) -> Data {
        let bytes = try await asked(http)
        var known = Memory(hashes: try hashes())
        let hash = Self.hash(bytes)
        if let before = known.hashes[address.absoluteString], before != hash { throw .changed }
        known.hashes[address.absoluteString] = hash
        do {
            let folder = script.deletingLastPathComponent()
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
            // The hash first: what is there without one is never served.
            try JSONEncoder().encode(known).write(to: memory, options: .atomic)
            try bytes.write(to: script, options: .atomic)
        } catch {
            throw .unwritable(path: folderPath)
        }
        return bytes
    }

    /// Asks for it without keeping it: whether it could be fetched.
    @discardableResult
    public func asked(_ http: HTTPClient) async throws(LiveKitScriptFault) -> Data {
        let response: HTTPResponse
        do throws(HTTPError) {
            response = try await http.send(
                HTTPRequest(
                    url: address,
                    deadline: Self.patience,
                    maximumResponseBytes: Self.longest,
                    followsRedirects: true
                )
            )
        } catch {
            throw .unreachable(error)
        }
        guard response.status == 200 else { throw .refused(status: response.status) }
        // A page that says that there is nothing is no script.
        let isPage = response.headers["Content-Type"]?.lowercased().hasPrefix("text/html") ?? false
        guard !isPage, !response.body.isEmpty else { throw .noScript }
        return response.body
    }

    private func hashes() throws(LiveKitScriptFault) -> [String: String] {
        guard FileManager.default.fileExists(atPath: memory.path) else { return [:] }
        guard let data = try? Data(contentsOf: memory), let known = try? JSONDecoder().decode(Memory.self, from: data)
        else { throw .unreadable(path: memory.path) }
        return known.hashes
    }

    private var folderPath: String { script.deletingLastPathComponent().path }

    private static func hash(_ bytes: Data) -> String {
        SHA256.hash(data: bytes).map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}

/// Why the script for LiveKit is not there.
public enum LiveKitScriptFault: Error, Equatable, Sendable, CustomStringConvertible {
    /// Its server does not answer. It is tried again.
    case unreachable(HTTPError)
    /// Its server has it not, or does not give it.
    case refused(status: Int)
    /// What came is no script.
    case noScript
    /// Another script came than the first time from the same address. Who trusts it takes the hash away.
    case changed
    /// The hashes cannot be read; without them nobody knows what is right.
    case unreadable(path: String)
    case unwritable(path: String)

    public var description: String {
        switch self {
        case .unreachable(let error): "\(error)"
        case .refused(let status): "it was answered with status \(status)"
        case .noScript: "what came is no script"
        case .changed: "another script came than the first time from the same address, and is refused"
        case .unreadable(let path): "\(path) cannot be read"
        case .unwritable(let path): "it cannot be kept in \(path)"
        }
    }
}
