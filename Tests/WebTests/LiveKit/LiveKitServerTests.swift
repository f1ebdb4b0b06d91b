import Foundation
import Testing

@testable import Web

@Suite struct LiveKitServerTests {
    @Test(arguments: [
        ("wss://sound.example", "wss://sound.example", "https://sound.example"),
        ("https://sound.example:7880/", "wss://sound.example:7880", "https://sound.example:7880"),
        ("ws://127.0.0.1:7880", "ws://127.0.0.1:7880", "http://127.0.0.1:7880"),
        ("HTTP://sound.example/livekit/", "ws://sound.example/livekit", "http://sound.example/livekit"),
    ])
    func `browsers and calls go to the same server`(address: String, browsers: String, calls: String) throws {
        let url = try #require(URL(string: address))
        let server = try #require(LiveKitServer(address: url, key: "k", secret: "s"))
        #expect(server.address.absoluteString == browsers)
        #expect(server.callAddress.absoluteString == calls)
    }

    @Test(arguments: ["ftp://sound.example", "wss://user@sound.example", "wss://sound.example?x=1", "sound.example"])
    func `what is no address of a LiveKit server is none`(address: String) throws {
        let url = try #require(URL(string: address))
        let server = LiveKitServer(address: url, key: "k", secret: "s")
        #expect(server == nil)
    }

    @Test func `the secret is not shown`() throws {
        let url = try #require(URL(string: "wss://sound.example"))
        let server = try #require(LiveKitServer(address: url, key: "APIkey", secret: "of the club"))
        var dumped = ""
        dump(server, to: &dumped)
        for text in [
            "\(server)", String(reflecting: server), dumped, "\(server.secret)", String(reflecting: server.secret),
        ] {
            #expect(!text.contains("of the club"))
            #expect(!text.contains(Data("of the club".utf8).base64EncodedString()))
        }
    }
}
