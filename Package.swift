// swift-tools-version:6.2
// The layout is described in README.md ("The house"); why each dependency is here, in docs/decisions.
import PackageDescription

/// Settings of every target that is ours. Dependencies keep their own.
let ours: [SwiftSetting] = [
    .treatAllWarnings(as: .error),
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
]

let package = Package(
    name: "fomo-podcasts",
    platforms: [.macOS(.v15)],
    products: [
        .executable(name: "fomo", targets: ["App"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser.git", exact: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto.git", exact: "4.5.2"),
        .package(url: "https://github.com/apple/swift-http-types.git", exact: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log.git", exact: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio.git", exact: "2.101.2"),
        .package(url: "https://github.com/apple/swift-nio-extras.git", exact: "1.35.2"),
        .package(url: "https://github.com/apple/swift-system.git", exact: "1.8.1"),
        .package(url: "https://github.com/groue/GRDB.swift.git", exact: "7.10.0"),
        .package(
            url: "https://github.com/hummingbird-project/hummingbird.git",
            exact: "2.28.1",
            traits: ["FullFoundation"]
        ),
        .package(url: "https://github.com/hummingbird-project/swift-mustache.git", exact: "2.1.1"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle.git", exact: "2.13.0"),
        .package(url: "https://github.com/swiftlang/swift-subprocess.git", exact: "1.0.2"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(
            name: "HTTPClient",
            dependencies: ["CCurl"],
            swiftSettings: ours
        ),
        .target(
            name: "Domain",
            swiftSettings: ours
        ),
        .target(
            name: "SQLiteStore",
            dependencies: [
                "Domain",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: ours
        ),
        .systemLibrary(
            name: "CMongoC",
            pkgConfig: "libmongoc-1.0",
            providers: [.apt(["libmongoc-dev"])]
        ),
        .target(
            name: "MongoStore",
            dependencies: [
                "CMongoC",
                "Domain",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),
        .target(
            name: "Tools",
            dependencies: [
                .product(name: "Subprocess", package: "swift-subprocess"),
                .product(name: "SystemPackage", package: "swift-system"),
            ],
            swiftSettings: ours
        ),
        .target(
            name: "FFmpeg",
            dependencies: ["Domain", "Tools"],
            swiftSettings: ours
        ),
        .target(
            name: "Pictures",
            dependencies: ["Domain", "Tools"],
            swiftSettings: ours
        ),
        .target(
            name: "Bot",
            dependencies: [
                "Domain",
                "HTTPClient",
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),
        .systemLibrary(
            name: "CZlib",
            pkgConfig: "zlib",
            providers: [.apt(["zlib1g-dev"])]
        ),
        .target(
            name: "Web",
            dependencies: [
                "CZlib",
                "Domain",
                "HTTPClient",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "Mustache", package: "swift-mustache"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOHTTP1", package: "swift-nio"),
                .product(name: "NIOHTTPTypes", package: "swift-nio-extras"),
                .product(name: "NIOHTTPTypesHTTP1", package: "swift-nio-extras"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),
        .target(
            name: "Sandbox",
            dependencies: [
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "Hummingbird", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
            ],
            swiftSettings: ours
        ),
        .executableTarget(
            name: "App",
            dependencies: [
                "Bot",
                "Domain",
                "FFmpeg",
                "HTTPClient",
                "MongoStore",
                "Pictures",
                "SQLiteStore",
                "Sandbox",
                "Tools",
                "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),

        // What Scripts/bench runs.
        .executableTarget(
            name: "AnalyticsBench",
            dependencies: [
                "Domain",
                "MongoStore",
                "SQLiteStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Analytics",
            swiftSettings: ours
        ),
        .executableTarget(
            name: "BotBench",
            dependencies: [
                "Domain",
                "SQLiteStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
            ],
            path: "Benchmarks/Bot",
            exclude: ["peers"],
            swiftSettings: ours
        ),
        .executableTarget(
            name: "RoomBench",
            dependencies: [
                "Domain",
                "SQLiteStore",
                "Web",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
                .product(name: "UnixSignals", package: "swift-service-lifecycle"),
            ],
            path: "Benchmarks/Room",
            exclude: ["peers"],
            swiftSettings: ours
        ),
        .executableTarget(
            name: "StoreBench",
            dependencies: [
                "Domain",
                "MongoStore",
                "SQLiteStore",
                .product(name: "ArgumentParser", package: "swift-argument-parser"),
            ],
            path: "Benchmarks/Store",
            swiftSettings: ours
        ),

        // Tests mirror Sources; what several of them need is in Tests/Support.
        .target(
            name: "TestSupport",
            dependencies: ["Domain"],
            path: "Tests/Support",
            exclude: ["Mongo"],
            swiftSettings: ours
        ),
        .testTarget(
            name: "AppTests",
            dependencies: [
                "App",
                "Bot",
                "Domain",
                "FFmpeg",
                "HTTPClient",
                "SQLiteStore",
                "Sandbox",
                "TestSupport",
                "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),
        .testTarget(
            name: "BotTests",
            dependencies: [
                "Bot",
                "Domain",
                "HTTPClient",
                "TestSupport",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: ours
        ),
        .testTarget(
            name: "DomainTests",
            dependencies: ["Domain", "TestSupport"],
            swiftSettings: ours
        ),
        .testTarget(
            name: "FFmpegTests",
            dependencies: ["Domain", "FFmpeg", "TestSupport", "Tools"],
            swiftSettings: ours
        ),
        .testTarget(
            name: "HTTPClientTests",
            dependencies: ["HTTPClient", "TestSupport"],
            swiftSettings: ours
        ),
        .testTarget(
            name: "PicturesTests",
            dependencies: ["Domain", "Pictures", "Tools"],
            swiftSettings: ours
        ),
        .testTarget(
            name: "SandboxTests",
            dependencies: [
                "Sandbox",
                .product(name: "Logging", package: "swift-log"),
            ],
            swiftSettings: ours
        ),
        .testTarget(
            name: "StoreTests",
            dependencies: [
                "Domain",
                "MongoStore",
                "SQLiteStore",
                "TestSupport",
                .product(name: "GRDB", package: "GRDB.swift"),
            ],
            swiftSettings: ours
        ),
        .testTarget(
            name: "WebTests",
            dependencies: [
                "Domain",
                "HTTPClient",
                "TestSupport",
                "Web",
                .product(name: "Crypto", package: "swift-crypto"),
                .product(name: "HTTPTypes", package: "swift-http-types"),
                .product(name: "HummingbirdCore", package: "hummingbird"),
                .product(name: "Logging", package: "swift-log"),
                .product(name: "NIOCore", package: "swift-nio"),
                .product(name: "NIOPosix", package: "swift-nio"),
                .product(name: "ServiceLifecycle", package: "swift-service-lifecycle"),
            ],
            swiftSettings: ours
        ),
    ]
)
