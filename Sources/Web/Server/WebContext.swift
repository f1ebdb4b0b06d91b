import Domain
import Hummingbird
import NIOCore

/// What is known about one request while it is answered.
struct WebContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// The other end of the connection: the client, or a proxy.
    let peer: IPAddress?
    /// Where the request comes from, behind trusted proxies too.
    var client: IPAddress?
    /// Who asks. A stranger until the visitor was looked up.
    var visitor: Visitor = .stranger(.notSignedIn)
    /// How many notifications a member has not read, where a page is answered that shows it.
    var unread = 0
    /// The language of the answer.
    var language: Language = .ru

    init(source: ApplicationRequestContextSource) {
        coreContext = CoreRequestContextStorage(source: source)
        peer = source.channel.remoteAddress?.ipAddress.flatMap(IPAddress.init)
        client = peer
    }
}
