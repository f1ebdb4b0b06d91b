import Domain
import HTTPTypes
import Hummingbird

/// Every address that the web answers, with who may ask there.
///
/// Handlers of members' routes get the member as an argument, so that none can forget to ask who is there.
struct RouteTable: Sendable {
    /// Who gets an answer.
    enum Access: Sendable {
        /// Everybody: signing in, assets, health.
        case everyone
        /// Active members; others get an error.
        case members
        /// Active members; whoever is not signed in is sent to the sign-in page and comes back from there.
        case memberPages
        /// Active members, signed in or with a pass for one show's room; others get an error.
        case roomVisitors
        /// Active members, or whoever has an address that was signed for one.
        case signedAddresses
    }

    typealias Handler = @Sendable (Request, WebContext) async throws -> Response
    typealias SignedInHandler = @Sendable (Request, WebContext, SignedIn) async throws -> Response
    typealias MemberHandler = @Sendable (Request, WebContext, Member) async throws -> Response

    /// Asks `who` for the one who is at the door of a show.
    typealias RoomHandler =
        @Sendable (Request, WebContext, _ who: @Sendable (LiveSessionID) async throws -> RoomVisitor) async throws ->
        Response

    struct Route: Sendable {
        let method: HTTPRequest.Method
        /// With parameters as `{name}`.
        let path: String
        let access: Access
        let handler: Handler
    }

    private(set) var routes: [Route] = []
    private let visitors: Visitors
    private let roomVisitors: RoomVisitors
    private let mediaAddresses: MediaAddresses

    init(visitors: Visitors, roomVisitors: RoomVisitors, mediaAddresses: MediaAddresses) {
        self.visitors = visitors
        self.roomVisitors = roomVisitors
        self.mediaAddresses = mediaAddresses
    }

    /// The handler is not told who asks; nobody is looked up.
    mutating func everyone(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping Handler) {
        add(method, path, .everyone, handler)
    }

    mutating func members(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping SignedInHandler) {
        let visitors = visitors
        add(method, path, .members) { request, context in
            let context = await visitors.lookUp(request, context)
            return try await handler(request, context, try context.visitor.signedIn())
        }
    }

    mutating func pages(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping SignedInHandler) {
        let visitors = visitors
        add(method, path, .memberPages) { request, context in
            let context = await visitors.lookUpForPage(request, context)
            if case .stranger(.notSignedIn) = context.visitor {
                return .seeOther(LocalPath(of: request).signInPage)
            }
            return try await handler(request, context, try context.visitor.signedIn())
        }
    }

    /// The handler says of which show; it has to ask who is there.
    mutating func roomVisitors(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping RoomHandler) {
        let (visitors, roomVisitors) = (visitors, roomVisitors)
        add(method, path, .roomVisitors) { request, context in
            let context = await visitors.lookUp(request, context)
            if !roomVisitors.hasPass(request) { _ = try context.visitor.signedIn() }
            return try await handler(request, context) { try await roomVisitors.visitor(of: request, in: $0) }
        }
    }

    /// As `roomVisitors`; whoever is not known is sent to the sign-in page.
    mutating func roomPages(_ method: HTTPRequest.Method, _ path: String, _ handler: @escaping RoomHandler) {
        let (visitors, roomVisitors) = (visitors, roomVisitors)
        add(method, path, .memberPages) { request, context in
            let context = await visitors.lookUpForPage(request, context)
            do {
                return try await handler(request, context) { try await roomVisitors.visitor(of: request, in: $0) }
            } catch Refusal.notSignedIn {
                return .seeOther(LocalPath(of: request).signInPage)
            }
        }
    }

    mutating func signedAddresses(_ path: String, _ handler: @escaping MemberHandler) {
        let (visitors, addresses) = (visitors, mediaAddresses)
        add(.get, path, .signedAddresses) { request, context in
            let context = await visitors.lookUp(request, context)
            let member = try await addresses.member(for: request, visitor: context.visitor)
            return try await handler(request, context, member)
        }
    }

    /// The methods that are answered at an address; none where there is no such address.
    func methods(at path: String) -> [HTTPRequest.Method] {
        let segments = path.split(separator: "/")
        let matching = routes.filter { route in
            let pattern = RouterPath(route.path)
            return pattern.count == segments.count && zip(pattern, segments).allSatisfy { $0 ~= $1 }
        }
        return matching.map(\.method)
    }

    /// A router that knows all routes, behind `middlewares`, the first one outermost.
    func router(behind middlewares: [any MiddlewareProtocol<Request, Response, WebContext>]) -> Router<WebContext> {
        let router = Router(context: WebContext.self)
        for middleware in middlewares {
            router.add(middleware: middleware)
        }
        for route in routes {
            router.on(RouterPath(route.path), method: route.method, use: route.handler)
        }
        return router
    }

    /// What is got may also be asked about, without the body.
    private mutating func add(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ access: Access,
        _ handler: @escaping Handler
    ) {
        routes.append(Route(method: method, path: path, access: access, handler: handler))
        guard method == .get else { return }
        let head = Route(method: .head, path: path, access: access) { request, context in
            try await handler(request, context).createHeadResponse()
        }
        routes.append(head)
    }
}
