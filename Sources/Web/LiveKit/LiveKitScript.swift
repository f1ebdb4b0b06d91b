import Crypto
import Domain
import Foundation
import HTTPClient
import Logging
import ServiceLifecycle
import Synchronization

/// The script by which browsers speak to LiveKit, served from the club's own address.
///
/// It is fetched once, in the background, and kept in a folder with the hash of what came. Whatever comes from the same
/// address later, and whatever is in the folder, has to have that hash, or is not served.
public final class LiveKitScript: Service {
    /// Under which browsers find it.
    static let path = "/vendor/livekit-client.mjs"
    /// After a failure it is tried again after this, unless somebody asks for it.
    private static let pause: Duration = .seconds(300)
    /// So often at most, also where somebody asks for it.
    private static let shortestPause: Duration = .seconds(10)

    private let shelf: LiveKitScriptShelf
    private let http: HTTPClient
    private let clock: any ClubClock
    private let logger: Logger
    private let file = Mutex<StaticAssets.Asset?>(nil)
    private let wakeup = Wakeup()

    /// `address`: Where it comes from: one version of the module, with everything in it. `folder`: In which it is kept.
    public init(address: URL, folder: URL, http: HTTPClient, clock: any ClubClock, logger: Logger) {
        shelf = LiveKitScriptShelf(address: address, folder: folder)
        self.http = http
        self.clock = clock
        self.logger = logger
    }

    /// Its address for a page, with its version as soon as it is there.
    var link: String {
        file.withLock { $0.map { "\(Self.path)?v=\($0.version)" } } ?? Self.path
    }

    /// What browsers get; nil while it is not there. It is being fetched then.
    func wanted() -> StaticAssets.Asset? {
        let asset = file.withLock { $0 }
        if asset == nil { wakeup.notify() }
        return asset
    }

    /// Looks into the folder, and fetches what is not there until it is.
    public func run() async throws {
        await cancelWhenGracefulShutdown { [self] in
            while !Task.isCancelled, file.withLock({ $0 == nil }) {
                await fetch()
                guard file.withLock({ $0 == nil }) else { break }
                do { try await clock.sleep(for: Self.shortestPause) } catch { return }
                await wakeup.wait(atMost: Self.pause, clock: clock)
            }
        }
        // A service that returned before the others would stop them.
        try? await gracefulShutdown()
    }

    func fetch() async {
        do throws(LiveKitScriptFault) {
            let bytes: Data
            if let kept = try shelf.kept() { bytes = kept } else { bytes = try await shelf.fetched(http) }
            let asset = StaticAssets.Asset(bytes, mediaType: "text/javascript; charset=utf-8")
            file.withLock { $0 = asset }
        } catch {
            logger.error(
                "The script for LiveKit is not there; nobody hears a show on the site",
                metadata: ["error": "\(error)"]
            )
        }
    }
}
