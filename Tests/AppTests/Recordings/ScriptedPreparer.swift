import Domain
import Foundation
import Synchronization

/// Prepares as a test has written down: each file's faults in their order, then a copy with the original's content.
final class ScriptedPreparer: RecordingPreparer {
    private struct State {
        var faults: [PreparationFault] = []
        var calls = 0
        var running = 0
        var most = 0
        var isHeld = false
        var held: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// How many files were given so far.
    var calls: Int { state.withLock(\.calls) }
    /// How many were under way at the same time at most.
    var most: Int { state.withLock(\.most) }

    func script(_ faults: PreparationFault...) {
        state.withLock { $0.faults = faults }
    }

    /// Lets all that begin from now on wait for `release`.
    func hold() { state.withLock { $0.isHeld = true } }

    func release() {
        let held = state.withLock { state in
            state.isHeld = false
            defer { state.held = [] }
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    func prepare(_ original: URL, isVoice: Bool, copy: URL) async throws(PreparationFault) -> PreparedSound {
        let fault = state.withLock { state -> PreparationFault? in
            state.calls += 1
            state.running += 1
            state.most = max(state.most, state.running)
            return state.faults.isEmpty ? nil : state.faults.removeFirst()
        }
        await withCheckedContinuation { continuation in
            let goesOn = state.withLock { state in
                if state.isHeld { state.held.append(continuation) }
                return !state.isHeld
            }
            if goesOn { continuation.resume() }
        }
        state.withLock { $0.running -= 1 }
        if let fault { throw fault }
        guard let waveform = Waveform(peaks: Array(repeating: 50, count: Waveform.count)),
            let content = try? Data(contentsOf: original),
            (try? (Data("copy of ".utf8) + content).write(to: copy)) != nil
        else { throw .unavailable(detail: "the test's own files") }
        return PreparedSound(duration: .seconds(3), waveform: waveform, mediaType: "audio/mp4")
    }
}
