import Domain
import Foundation
import HTTPTypes
import TestSupport
import Testing

@testable import Web

@Suite struct AssetTests {
    @Test(arguments: [
        ("/css/app.css", "text/css; charset=utf-8"), ("/js/player.js", "text/javascript; charset=utf-8"),
        ("/icons/icon.svg", "image/svg+xml"), ("/openapi.yaml", "application/yaml"),
    ])
    func `assets come with their type and a tag, and are not sent twice`(path: String, type: String) async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send("GET", path)
            #expect(answer.status == 200)
            #expect(answer["content-type"] == type)
            #expect(answer["cache-control"] == "public, no-cache")
            let tag = try #require(answer["etag"])
            let again = try await club.http.send("GET", path, headers: ["If-None-Match": tag])
            #expect(again.status == 304)
            #expect(again.body.isEmpty)
            let head = try await club.http.send("HEAD", path)
            #expect(head.status == 200)
            #expect(head["content-length"] == String(answer.body.count))
            #expect(head.body.isEmpty)
        }
    }

    @Test func `pages name assets by their content, so that they may be kept for a year`() async throws {
        try await WebClub.run { club in
            let page = try await club.http.send("GET", "/login")
            let link = try #require(page.text.firstMatch(of: /href="(\/css\/app\.css\?v=[0-9a-f]+)"/)).1
            let answer = try await club.http.send("GET", String(link))
            #expect(answer["cache-control"] == "public, max-age=31536000, immutable")
            let other = try await club.http.send("GET", "/css/app.css?v=0000000000")
            #expect(other["cache-control"] == "public, no-cache")
        }
    }

    @Test(arguments: [
        "/css/../openapi.yaml", "/css/..%2f..%2fPackage.swift", "/%2e%2e/%2e%2e/Package.swift", "/css/", "/css",
        "/Templates/login.mustache", "/css/app.css/", "//css/app.css%00.js", "/js/player.js%00", "/.env",
        "/css/%5c..%5copenapi.yaml",
    ])
    func `nothing but the assets themselves can be had`(path: String) async throws {
        try await WebClub.run { club in
            let answer = try await club.http.send("GET", path)
            let isAsset = answer.status == 200 && answer.text.hasPrefix("/* The club's look")
            #expect(answer.status == 404 || isAsset, "\(answer.status)")
        }
    }

    @Test func `the process lives, and says whether it can serve`() async throws {
        try await WebClub.run { club in
            #expect(try await club.http.send("GET", "/healthz").json["status"] as? String == "ok")
            #expect(try await club.http.send("GET", "/readyz").json["status"] as? String == "ready")
            club.store.setOutage(.unavailable(source: "the secret place", code: 5))
            #expect(try await club.http.send("GET", "/healthz").status == 200)
            let answer = try await club.http.send("GET", "/readyz")
            #expect(answer.status == 503)
            #expect(answer.json["not_ready"] as? [String] == ["store"])
            #expect(answer.json["store"] as? String == "Memory")
            #expect(answer.errorCode == "not_ready")
            #expect(!answer.text.contains("secret"))
        }
    }

    @Test func `every route of the API is described, and nothing that is not there`() async throws {
        let file = WebClub.resources.appending(path: "openapi.yaml")
        let text = try String(contentsOf: file, encoding: .utf8)
        var described: Set<String> = []
        var path = ""
        for line in text.split(separator: "\n") {
            if let match = line.wholeMatch(of: /\s\s(\/[^:]*):/) { path = String(match.1) }
            if let match = line.wholeMatch(of: /\s{4}(get|head|post|put|patch|delete):/), !path.isEmpty {
                described.insert("\(match.1.uppercased()) \(path)")
            }
        }
        try await WebClub.run { [described] club in
            let isDescribed = { (path: String) in
                path.hasPrefix("/api/") || ["/healthz", "/readyz", "/metrics", "/openapi.yaml"].contains(path)
            }
            let routes = club.server.routes.routes.filter { isDescribed($0.path) && $0.method != .head }
            let served = Set(routes.map { "\($0.method) \($0.path)" })
            let files = described.filter { $0.hasPrefix("HEAD ") }
            let paths = ["/api/podcasts/{id}/audio", "/api/podcasts/{id}/cover", "/api/recordings/{id}/audio"]
            #expect(files == Set(paths.map { "HEAD \($0)" }))
            #expect(described.subtracting(files) == served)
        }
    }
}
