import Foundation
import HTTPTypes
import Web

/// Lets everybody in: to the crowd at `/crowd`, to an echo at `/echo`. At `/closed` nobody gets in.
struct OpenDoor: SocketDoor {
    let hub: SocketHub

    func leadsTo(_ path: String) -> Bool { ["/crowd", "/echo", "/closed"].contains(path) }

    func decide(_ request: SocketRequest) async -> SocketDecision {
        switch request.head.path {
        case "/crowd": .accept(SocketAcceptance(session: CrowdSession(hub: hub), permit: nil))
        case "/echo": .accept(SocketAcceptance(session: EchoSession(hub: hub), permit: nil))
        default: .refuse(Self.answer(.forbidden, "closed", [:]))
        }
    }

    func refusal(of fault: HandshakeFault, _ request: SocketRequest) -> SocketRefusal {
        Self.answer(fault.status, fault.code, fault.headers)
    }

    private static func answer(_ status: HTTPResponse.Status, _ code: String, _ headers: HTTPFields) -> SocketRefusal {
        SocketRefusal(status: status, headers: headers, body: Data(#"{"error":{"code":"\#(code)"}}"#.utf8))
    }
}
