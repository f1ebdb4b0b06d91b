extension HTTPClient {
    /// The settings of a client.
    public struct Configuration: Sendable, Hashable {
        /// How many requests may wait beside those in flight. One more fails with `.overloaded`.
        static let maximumWaiting = 4096

        /// The proxy for every request; none by default. The environment's proxy variables are not used.
        public var proxy: Proxy?
        /// The longest time from the start of a transfer to the standing connection: names, TCP, proxy and TLS.
        /// 10 seconds by default. The request's own deadline counts beside it.
        public var connectTimeout: Duration
        /// How long a download may bring nothing before it ends with `.connectionLost`, in whole seconds, at least one;
        /// 20 seconds by default. libcurl notices some seconds later, since it looks at the speed of the last five. The
        /// request's own deadline counts beside it.
        public var stallTimeout: Duration
        /// How many requests may be in flight at once, from 1 to 10,000; 256 by default. Further ones wait in order.
        public var maximumTransfers: Int
        /// What the client calls itself to servers; `fomo-podcasts` by default.
        public var userAgent: String

        /// Settings with their defaults.
        public init(
            proxy: Proxy? = nil,
            connectTimeout: Duration = .seconds(10),
            stallTimeout: Duration = .seconds(20),
            maximumTransfers: Int = 256,
            userAgent: String = "fomo-podcasts"
        ) {
            self.proxy = proxy
            self.connectTimeout = connectTimeout
            self.stallTimeout = stallTimeout
            self.maximumTransfers = maximumTransfers
            self.userAgent = userAgent
        }

        func check() throws(HTTPError) {
            guard connectTimeout > .zero else { throw .invalidConfiguration(.connectTimeout) }
            guard stallTimeout >= .seconds(1) else { throw .invalidConfiguration(.stallTimeout) }
            guard (1...10_000).contains(maximumTransfers) else { throw .invalidConfiguration(.maximumTransfers) }
            guard !userAgent.isEmpty, HTTPHeaders.Field.isSendable(value: userAgent) else {
                throw .invalidConfiguration(.userAgent)
            }
        }
    }
}
